"""The API's addresses of research: the log, projects and what is coded in them, figures."""

from django.urls import path

from requests_app.api.reading import coding_drafts, figures, imports, made_files, own_decisions
from requests_app.api.reading import log as entries
from requests_app.api.reading import projects as studies
from requests_app.api.writing import imports as importing
from requests_app.api.writing import log, projects
from requests_app.api.writing import made_files as to_make
from requests_app.api.writing import own_decisions as deciding

L, P, M = "log/<int:pk>/", "projects/<int:pk>/", "imports/<int:pk>/"
E, V = P + "entries/<int:entry>/", P + "codebook/variables/<slug:key>/"

RESEARCH = [
    path("log/", entries.LogEntryList.as_view(), name="api_log"),
    path(L, entries.LogEntryDetail.as_view(), name="api_log_entry"),
    path("log/documents/<int:pk>/", entries.LogDocumentContent.as_view(), name="api_log_document"),
    path("log/new/", log.Log.as_view(), name="api_log_new"),
    path(L + "next-step/", log.LogNextStep.as_view(), name="api_log_next_step"),
    path(L + "correct/", log.CorrectLog.as_view(), name="api_log_correct"),
    path(L + "take-out/", log.TakeOutOfLog.as_view(), name="api_log_take_out"),
    path(L + "project/", log.PlaceEntry.as_view(), name="api_log_project"),
    path("projects/", studies.ProjectList.as_view(), name="api_projects"),
    path("projects/new/", projects.MakeProject.as_view(), name="api_project_new"),
    path(P, studies.ProjectDetail.as_view(), name="api_project"),
    path(P + "rename/", projects.RenameProject.as_view(), name="api_project_rename"),
    path(P + "codebook/", studies.CodebookDetail.as_view(), name="api_codebook"),
    path(P + "codebook/versions/", studies.VersionList.as_view(), name="api_codebook_versions"),
    path(P + "codebook/variables/new/", projects.AddVariable.as_view(), name="api_variable_new"),
    path(V + "change/", projects.ChangeVariable.as_view(), name="api_variable_change"),
    path(V + "remove/", projects.RemoveVariable.as_view(), name="api_variable_remove"),
    path(V + "move/", projects.MoveVariable.as_view(), name="api_variable_move"),
    path(P + "coders/", studies.CoderList.as_view(), name="api_coders"),
    path(P + "coders/assign/", projects.AssignCoders.as_view(), name="api_coders_assign"),
    path(P + "coders/<int:coder>/end/", projects.EndCoder.as_view(), name="api_coder_end"),
    path(P + "assignments/", studies.AssignmentList.as_view(), name="api_assignments"),
    path(P + "agreement/", studies.AgreementDetail.as_view(), name="api_agreement"),
    path(P + "codings/", studies.CodingList.as_view(), name="api_codings"),
    path("codings/<int:pk>/", studies.CodingDetail.as_view(), name="api_coding"),
    path(E + "coding/", coding_drafts.CodingDraftDetail.as_view(), name="api_coding_draft"),
    path(E + "coding/keep/", projects.KeepCoding.as_view(), name="api_coding_keep"),
    path(E + "coding/finish/", projects.FinishCoding.as_view(), name="api_coding_finish"),
    path(
        E + "coding/by-the-codebook/",
        projects.GoOnByTheCodebook.as_view(),
        name="api_coding_by_the_codebook",
    ),
    path(E + "settle/<slug:key>/", projects.Settle.as_view(), name="api_settle"),
    path(
        L + "offer/<slug:exemption>/", deciding.OfferDecision.as_view(), name="api_decision_offer"
    ),
    path("decisions/", own_decisions.OfferedDecisionList.as_view(), name="api_decisions"),
    path(
        "decisions/<int:pk>/take-back/",
        deciding.TakeBackDecision.as_view(),
        name="api_decision_take_back",
    ),
    path(
        "appeals/<int:pk>/exhibits/decisions/<int:decision>/",
        deciding.AddDecisionAsExhibit.as_view(),
        name="api_exhibit_decision",
    ),
    path("exports/", made_files.ExportList.as_view(), name="api_exports"),
    path("exports/new/", to_make.AskForExport.as_view(), name="api_export_new"),
    path("exports/<int:pk>/", made_files.ExportDetail.as_view(), name="api_export"),
    path(
        "exports/<int:pk>/content/", made_files.ExportContent.as_view(), name="api_export_content"
    ),
    path("exports/<int:pk>/again/", to_make.ExportAgain.as_view(), name="api_export_again"),
    path("imports/", imports.ImportList.as_view(), name="api_imports"),
    path("imports/new/", importing.BringFile.as_view(), name="api_import_new"),
    path("imports/mappings/", imports.KeptMappingList.as_view(), name="api_import_mappings"),
    path(M, imports.ImportDetail.as_view(), name="api_import"),
    path(M + "mapping/", imports.ImportMapping.as_view(), name="api_import_mapping"),
    path(M + "rows/", imports.ImportRows.as_view(), name="api_import_rows"),
    path(M + "try/", importing.TryImport.as_view(), name="api_import_try"),
    path(M + "start/", importing.StartImport.as_view(), name="api_import_start"),
    path(M + "go-on/", importing.GoOnWithImport.as_view(), name="api_import_go_on"),
    path(M + "undo/", importing.UndoImport.as_view(), name="api_import_undo"),
    path("figures/", figures.FigureList.as_view(), name="api_figures"),
    *(
        path(
            f"figures/{slug}/",
            figures.FigureDetail.as_view(slug=slug),
            name=f"api_figure_{slug}",
        )
        for slug in figures.SLUGS
    ),
]
