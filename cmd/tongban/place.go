package main

import (
	"context"
	"strings"

	"tongban/internal/app"
)

// place is where a command finds the platform's things.
type place struct {
	Data  string `help:"数据目录" default:"./tongban-data" env:"TONGBAN_DATA" type:"path"`
	City  string `help:"城市名称，如徐州市" env:"TONGBAN_CITY"`
	Blobs string `help:"附件存放处：文件夹，或者 S3 兼容存储 s3://主机/桶/前缀（密钥在环境变量 AWS_ACCESS_KEY_ID、AWS_SECRET_ACCESS_KEY）；不写则用数据目录的 files" env:"TONGBAN_BLOBS"`
	DB    string `name:"db" help:"数据库地址 postgres://…；不写则用数据目录中的 SQLite 文件" env:"TONGBAN_DB"`
}

func (p place) open(ctx context.Context, address string) (*app.App, error) {
	return app.Open(ctx, p.settings(address))
}

func (p place) settings(address string) app.Settings {
	return app.Settings{Data: p.Data, City: p.City, DB: p.DB, Blobs: p.Blobs, Address: address, HTTPS: strings.HasPrefix(address, "https://")}
}
