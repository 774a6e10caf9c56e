package openapi

import (
	"context"
	"net/http"

	"tongban/internal/civic/identity"
	"tongban/internal/handling/experts"
)

type studyView struct {
	Material string      `json:"material" doc:"材料"`
	Name     string      `json:"name" doc:"名称"`
	Files    []studyFile `json:"files" doc:"文件"`
}

type studyFile struct {
	Hash string `json:"hash" doc:"内容的 SHA-256，下载时用"`
	Name string `json:"name" doc:"文件名"`
}

type studyInput struct {
	Review string `path:"review" maxLength:"40" doc:"标识"`
}

// expertMaterials are what the experts of a review read (评审材料).
func (a *API) expertMaterials(ctx context.Context, by identity.Actor, in *studyInput) (list[studyView], error) {
	all, err := a.Experts.Materials(ctx, experts.ID(in.Review), by)
	out := list[studyView]{Items: []studyView{}}
	for _, h := range all {
		v := studyView{Material: h.Material, Name: h.Name}
		for _, f := range h.Files {
			v.Files = append(v.Files, studyFile{f.Hash, f.Name})
		}
		out.Items = append(out.Items, v)
	}
	return out, err
}

type studyFileInput struct {
	Review string `path:"review" maxLength:"40" doc:"标识"`
	Hash   string `path:"hash" pattern:"^[0-9a-f]{64}$" doc:"文件"`
}

func (a *API) expertFile(ctx context.Context, by identity.Actor, in *studyFileInput) (func(http.ResponseWriter, *http.Request), error) {
	f, err := a.Experts.Material(ctx, experts.ID(in.Review), in.Hash, by)
	if err != nil {
		return nil, err
	}
	return a.serve(ctx, f.Hash, f.Name)
}
