"""The pages of research: the appeal log, projects and their coding, figures, import and export."""

from django.urls import path

from requests_app.views.research import (
    appeal_log,
    exporting,
    figure_report,
    figures,
    importing,
    logged_appeals,
    logged_requests,
    open_scorecard,
    own_decisions,
    projects,
    scorecards,
)
from requests_app.views.research.coding import agreement, code_entry, codebooks, coders

P = "projects/<int:pk>/"
C = "research/scorecards/<slug:state>/<slug:city>/"

urlpatterns = [
    # the appeal log
    path("appeals/", appeal_log.appeal_list, name="appeal_list"),
    path("appeals/requests/", logged_requests.logged_request_list, name="logged_request_list"),
    path("appeals/log/", logged_appeals.log_new, name="log_new"),
    path("appeals/logged/<int:pk>/", logged_appeals.logged_appeal, name="logged_appeal"),
    path("appeals/logged/<int:pk>/correct/", logged_appeals.log_edit, name="log_edit"),
    path("appeals/logged/<int:pk>/take-out/", logged_appeals.log_take_out, name="log_take_out"),
    path("appeals/documents/<int:pk>/", logged_appeals.log_document, name="log_document"),
    # projects, and the coding of what is in them
    path("projects/", projects.project_list, name="project_list"),
    path("projects/new/", projects.project_new, name="project_new"),
    path("projects/entries/", projects.entries_to_project, name="entries_to_project"),
    path(P, projects.project_page, name="project_page"),
    path(P + "rename/", projects.project_rename, name="project_rename"),
    path(P + "entries/", projects.project_entries, name="project_entries"),
    path("requests/<slug:public_id>/project/", projects.request_project, name="request_project"),
    path(P + "codebook/", codebooks.codebook_page, name="codebook"),
    path(P + "codebook/new/", codebooks.variable_new, name="variable_new"),
    path(
        P + "codebook/versions/<int:number>/", codebooks.codebook_version, name="codebook_version"
    ),
    path(P + "codebook/variables/<slug:key>/", codebooks.variable_edit, name="variable_edit"),
    path(
        P + "codebook/variables/<slug:key>/remove/",
        codebooks.variable_remove,
        name="variable_remove",
    ),
    path(P + "codebook/variables/<slug:key>/move/", codebooks.variable_move, name="variable_move"),
    path(P + "coders/", coders.coders, name="coders"),
    path(P + "coders/<int:coder>/end/", coders.coder_end, name="coder_end"),
    path(P + "entries/<int:entry>/code/", code_entry.code_entry, name="code_entry"),
    path(
        P + "entries/<int:entry>/code/by-the-codebook/",
        code_entry.go_on_by_the_codebook,
        name="code_by_the_codebook",
    ),
    path("codings/<int:pk>/", code_entry.coding_page, name="coding_page"),
    path(P + "agreement/", agreement.agreement, name="agreement"),
    path(P + "disagreements/", agreement.disagreements, name="disagreements"),
    path("decisions/", own_decisions.decision_list, name="decision_list"),
    path(
        "decisions/<int:pk>/offer/<slug:exemption>/",
        own_decisions.decision_offer,
        name="decision_offer",
    ),
    path(
        "decisions/<int:pk>/take-back/",
        own_decisions.decision_take_back,
        name="decision_take_back",
    ),
    # what all of it comes to
    path("research/figures/", figures.figures, name="figures"),
    path(
        "research/figures/<slug:state>/<slug:city>/report.pdf",
        figure_report.figures_report,
        name="figures_report",
    ),
    path("research/figures/<slug:slug>.csv", figures.figure_csv, name="figure_csv"),
    path("research/scorecards/", scorecards.scorecard_list, name="scorecard_list"),
    path("research/scorecards/switch/", scorecards.scorecard_switch, name="scorecard_switch"),
    path(
        C,
        scorecards.scorecard_edit,
        name="scorecard_edit",
    ),
    path(
        C + "take-down/",
        scorecards.scorecard_take_down,
        name="scorecard_take_down",
    ),
    path(
        "open/<int:newsroom>/<slug:state>/<slug:city>/",
        open_scorecard.open_scorecard,
        name="open_scorecard",
    ),
    # the log from a file, and as one
    path("research/import/", importing.import_list, name="log_imports"),
    path("research/import/<int:pk>/", importing.import_page, name="log_import"),
    path("research/import/<int:pk>/mapping/", importing.mapping, name="log_import_mapping"),
    path("research/import/<int:pk>/start/", importing.import_start, name="log_import_start"),
    path("research/import/<int:pk>/continue/", importing.import_go_on, name="log_import_go_on"),
    path("research/import/<int:pk>/undo/", importing.import_undo, name="log_import_undo"),
    path("research/import/<int:pk>/rows.csv", importing.import_fates, name="log_import_fates"),
    path("research/export/", exporting.export_list, name="log_exports"),
    path("research/export/<int:pk>/", exporting.export_download, name="log_export_download"),
    path("research/export/<int:pk>/again/", exporting.export_again, name="log_export_again"),
]
