package portal

import (
	"encoding/json"
	"net/http"
	"strconv"

	"tongban/internal/ground/blob"
	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/handling/cases"
	"tongban/internal/places/frame"
)

// uploadState is what the script that sends by pieces is told.
type uploadState struct {
	ID     string `json:"id"`
	Offset int64  `json:"offset"`
	Size   int64  `json:"size"`
}

// beginUpload announces a file that will come in by pieces.
func (p *Portal) beginUpload(w http.ResponseWriter, r *http.Request) error {
	q := page.Query(r)
	size, err := strconv.ParseInt(q.Text("size"), 10, 64)
	if err != nil {
		return fault.New(fault.Invalid, "portal.upload.size", "没有写明文件的大小，请刷新页面后重新上传")
	}
	u, err := p.Uploads.Begin(r.Context(), frame.Actor(r).Account, q.Text("name"), size, blob.Limit{})
	return answerUpload(w, http.StatusCreated, u, err)
}

// lookUpload tells how far it has come.
func (p *Portal) lookUpload(w http.ResponseWriter, r *http.Request) error {
	u, err := p.Uploads.Look(r.Context(), r.PathValue("upload"), frame.Actor(r).Account)
	return answerUpload(w, http.StatusOK, u, err)
}

// appendUpload takes in one piece.
func (p *Portal) appendUpload(w http.ResponseWriter, r *http.Request) error {
	offset, err := strconv.ParseInt(r.URL.Query().Get("offset"), 10, 64)
	if err != nil {
		return fault.New(fault.Invalid, "portal.upload.offset", "没有写明从哪里继续，请刷新页面后重新上传")
	}
	u, err := p.Uploads.Append(r.Context(), r.PathValue("upload"), frame.Actor(r).Account, offset, r.Body)
	return answerUpload(w, http.StatusOK, u, err)
}

func answerUpload(w http.ResponseWriter, status int, u blob.Upload, err error) error {
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(uploadState{u.ID, u.Offset, u.Size}) // a reader who went away is not our fault
	return nil
}

// A heldFile was sent with a form that was refused, and need not be chosen again.
type heldFile struct{ ID, Name string }

// hold keeps for the next try what was sent for the materials of a list.
func (p *Portal) hold(r *http.Request, list []want) error {
	for i := range list {
		for _, f := range list[i].sent {
			u, err := p.Uploads.Hold(r.Context(), frame.Actor(r).Account, f.Name, blob.Ref{Hash: f.Hash, Type: blob.Type(f.Type), Size: f.Size})
			if err != nil {
				return err
			}
			list[i].Held = append(list[i].Held, heldFile{u.ID, u.Name})
		}
	}
	return nil
}

// sentFiles keeps everything that was sent under a field: whole, or before by pieces.
func (p *Portal) sentFiles(r *http.Request, f *page.Form, field string, limit blob.Limit) ([]cases.File, error) {
	var files []cases.File
	limit.Loose = true
	for _, sent := range f.Files(field) {
		ref, err := p.keep(r, sent, limit)
		if err != nil {
			return files, err
		}
		files = append(files, cases.FileOf(ref, sent.Name))
	}
	owner := frame.Actor(r).Account
	for _, id := range f.All(field + ".uploaded") {
		u, err := p.Uploads.Look(r.Context(), id, owner)
		if err != nil {
			return files, err
		}
		ref, err := p.Uploads.Finish(r.Context(), id, owner, limit)
		if err != nil {
			return files, err
		}
		files = append(files, cases.FileOf(ref, u.Name))
	}
	return files, nil
}
