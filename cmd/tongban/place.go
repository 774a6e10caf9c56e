package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"tongban/internal/app"
	"tongban/internal/ground/fault"
)

// place is where a command finds the platform's things.
type place struct {
	Data  string `help:"数据目录" default:"./tongban-data" env:"TONGBAN_DATA" type:"path"`
	City  string `help:"城市名称，如徐州市" env:"TONGBAN_CITY"`
	Blobs string `help:"附件存放处：文件夹，或者 S3 兼容存储 s3://主机/桶/前缀（密钥在环境变量 AWS_ACCESS_KEY_ID、AWS_SECRET_ACCESS_KEY）；不写则用数据目录的 files" env:"TONGBAN_BLOBS"`
	DB    string `name:"db" help:"数据库地址 postgres://…；不写则用数据目录中的 SQLite 文件" env:"TONGBAN_DB"`
}

// open opens a city that is there. A command that was told the wrong folder would
// otherwise begin an empty one, and find everything in it in good order.
func (p place) open(ctx context.Context) (*app.App, error) {
	if _, err := os.Stat(filepath.Join(p.Data, "keys")); errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return nil, fault.New(fault.NotFound, "place.empty", "数据目录 %s 里没有通办的数据：请用 --data 写明 tongban serve 所用的数据目录（PostgreSQL 也要，密钥在其中）", p.Data)
	}
	return p.begin(ctx)
}

// begin opens a city, or an empty one where there is none yet. It leaves the tables
// of a city to the version that serves it.
func (p place) begin(ctx context.Context) (*app.App, error) {
	s := p.settings("")
	s.Aside = true
	return app.Open(ctx, s)
}

func (p place) settings(address string) app.Settings {
	return app.Settings{Data: p.Data, City: p.City, DB: p.DB, Blobs: p.Blobs, Address: address, HTTPS: strings.HasPrefix(address, "https://")}
}
