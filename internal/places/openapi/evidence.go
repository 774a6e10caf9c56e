package openapi

import (
	"context"
	"fmt"
	"time"

	"tongban/internal/civic/identity"
	"tongban/internal/handling/cases"
)

// evidence is a file that an opinion rests on.
type evidence struct {
	FileRef
	Place string    `json:"place,omitempty" maxLength:"200" doc:"拍摄或者取得的地点；照片自带位置的可以不写"`
	At    time.Time `json:"at,omitzero" doc:"拍摄或者取得的时间，不是上传的时间；文件自带拍摄时间的可以不写"`
}

// seen looks up what was uploaded as evidence, and what each file says of itself.
func (a *API) seen(ctx context.Context, sent []evidence) ([]cases.Evidence, error) {
	var all []cases.Evidence
	for i, e := range sent {
		file, err := a.sent(ctx, e.FileRef, "证据", fmt.Sprintf("evidence[%d].hash", i))
		if err != nil {
			return nil, err
		}
		one, err := cases.Evidence{File: file, Place: e.Place, At: e.At}.Seen(ctx, a.Files)
		if err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, nil
}

// evidenceView is a piece of evidence as it is on record.
type evidenceView struct {
	Name  string    `json:"name" doc:"文件名"`
	Hash  string    `json:"hash" doc:"内容的摘要"`
	Place string    `json:"place" doc:"拍摄或者取得的地点"`
	At    time.Time `json:"at" doc:"拍摄或者取得的时间"`
	Own   time.Time `json:"own,omitzero" doc:"文件自带的拍摄时间"`
	Spot  string    `json:"spot,omitempty" doc:"文件自带的位置"`
}

// evidenceOf is told to those who handle, not to who applied: it may show others.
func evidenceOf(all []cases.Evidence, by identity.Actor) []evidenceView {
	out := []evidenceView{}
	if !by.Staff() {
		return out
	}
	for _, e := range all {
		out = append(out, evidenceView{e.Name, e.Hash, e.Place, e.At, e.Own, e.Spot})
	}
	return out
}
