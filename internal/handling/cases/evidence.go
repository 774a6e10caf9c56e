package cases

import (
	"cmp"
	"context"
	"time"

	"tongban/internal/civic/calendar"
	"tongban/internal/ground/blob"
	"tongban/internal/ground/fault"
)

// Evidence is a picture, a recording or another file that shows what an opinion
// rests on, with the place and the time it was taken (现场核查证据,
// 行政许可法第三十四条). It may be handed in long after, where there was no network.
type Evidence struct {
	File
	Place string    `json:"place"`
	At    time.Time `json:"at"`             // when it was taken, by whoever hands it in
	Own   time.Time `json:"own,omitzero"`   // by the camera, where the file says so
	Spot  string    `json:"spot,omitempty"` // by the camera, too
	Seq   int64     `json:"seq,omitempty"`  // fact that brought it
}

// mostEvidence is how many files one opinion may rest on.
const mostEvidence = 20

// Seen is the evidence with what its file says of itself, which stands where
// whoever hands it in says nothing of the time or the place.
func (e Evidence) Seen(ctx context.Context, from blob.Store) (Evidence, error) {
	in, err := from.Open(ctx, e.Hash)
	if err != nil {
		return e, err
	}
	defer in.Close()
	shot := blob.Taken(in, blob.Type(e.Type), calendar.Zone)
	e.Own, e.Spot = shot.At, shot.Spot
	e.At, e.Place = cmp.Or(e.At, e.Own), cmp.Or(e.Place, e.Spot)
	return e, nil
}

// Say is when and where it was taken, and what the camera says where that is something else.
func (e Evidence) Say() string {
	say := e.At.In(calendar.Zone).Format("2006年1月2日 15:04") + "拍摄，" + e.Place
	if off := e.At.Sub(e.Own); !e.Own.IsZero() && off.Abs() > time.Minute {
		say += "；文件自带的时间是" + e.Own.In(calendar.Zone).Format("2006年1月2日 15:04")
	}
	if e.Spot != "" && e.Spot != e.Place {
		say += "；文件自带的位置是" + e.Spot
	}
	return say
}

// CheckEvidence refuses what does not say where and when it was taken, or says a time
// to come, and more than one opinion may rest on. Fault: cases.review.evidence.
func CheckEvidence(all []Evidence, now time.Time) error {
	bad := fault.New(fault.Invalid, "cases.review.evidence", "请补全证据的地点和时间")
	for i, e := range all {
		at := path("evidence", i)
		if e.Hash == "" {
			bad = bad.At(at, "file", "请上传文件")
			continue
		}
		if e.Place == "" {
			bad = bad.At(at+".place", "required", "请写明“%s”的拍摄或者取得地点", e.Name)
		}
		switch {
		case e.At.IsZero():
			bad = bad.At(at+".at", "required", "“%s”没有自带拍摄时间，请写明拍摄或者取得时间", e.Name)
		case e.At.Before(blob.Digital):
			bad = bad.At(at+".at", "early", "“%s”的拍摄或者取得时间是%d年，请核对年份", e.Name, e.At.In(calendar.Zone).Year())
		case e.At.After(now):
			bad = bad.At(at+".at", "past", "“%s”的拍摄或者取得时间不能晚于现在", e.Name)
		}
	}
	if len(all) > mostEvidence {
		bad = bad.At("evidence", "many", "一次最多%d份证据，请分次提交", mostEvidence)
	}
	if len(bad.Fields) > 0 {
		return bad
	}
	return nil
}
