CREATE INDEX archives_packages_made ON archives_packages (made, number)
