"""What a city's open-data portal publishes, read through its platform's own interface.

read_portal     a catalog, dataset by dataset, and how the reading ended
address         which portal, and whose datasets there are the city's own
dataset_record  one dataset as a portal describes it, the same for every platform
socrata         \\
arcgis_hub       | one adapter a platform; arcgis_layer gives the columns of one layer
ckan             |
dcat_us         /
outcome         complete, or a status and a sentence
polite_client   how we ask: by name, slowly, not again where it said no
safe_address    which machines are asked at all
pages, json_stream, plain_values, known_terms, stewards: what the adapters share
"""
