package main

import (
	"context"
	"strings"

	"tongban/internal/app"
)

// place is where a command finds the platform's things.
type place struct {
	Data string `help:"数据目录" default:"./tongban-data" env:"TONGBAN_DATA" type:"path"`
	City string `help:"城市名称，如徐州市" env:"TONGBAN_CITY"`
	DB   string `name:"db" help:"数据库地址 postgres://…；不写则用数据目录中的 SQLite 文件" env:"TONGBAN_DB"`
}

func (p place) open(ctx context.Context, address string) (*app.App, error) {
	return app.Open(ctx, p.settings(address))
}

func (p place) settings(address string) app.Settings {
	return app.Settings{Data: p.Data, City: p.City, DB: p.DB, Address: address, HTTPS: strings.HasPrefix(address, "https://")}
}
