CREATE INDEX items_editions_catalogue ON items_editions (catalogue);
