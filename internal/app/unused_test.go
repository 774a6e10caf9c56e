package app_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"tongban/internal/app"
	"tongban/internal/app/apptest"
	"tongban/internal/ground/blob"
)

// usesAll holds every file that was uploaded to be used by something.
func (c *city) usesAll() {
	c.t.Helper()
	if n, err := c.Loose.Count(c.t.Context()); err != nil || n.Files != 0 {
		c.t.Errorf("uploaded and not used: %+v, %v", n, err)
	}
}

func (c *city) sweepsAfter(d time.Duration) {
	c.t.Helper()
	c.now = c.now.Add(d)
	if err := c.Loose.Sweep(c.t.Context(), c.Files); err != nil {
		c.t.Fatal(err)
	}
}

// What a program uploads and never hands in is removed after thirty days, and cannot be
// handed in any more; what a case or a draft names stays, and so does what was there
// before.
func TestWhatIsUploadedAndNotUsedIsRemoved(t *testing.T) {
	apptest.Each(t, apptest.Name, opening, func(t *testing.T, s app.Settings) {
		c := openWith(t, s)
		u, limin := c.as("limin"), c.signedIn("limin")
		id := u.post("/cases", "k1", c.permit(u))["id"].(string)
		c.usesAll()
		_, left := u.call("POST", "/files?name=b.pdf", "", "application/octet-stream", []byte("%PDF-1.4 left\n%%EOF"))
		u.call("POST", "/files?name=a.pdf", "", "application/octet-stream", []byte("%PDF-1.4\n%%EOF")) // as the case has it
		limin.post("/apply/medical-resident", nil)
		limin.get(strings.Join(strings.Split(limin.at, "/")[:4], "/") + "/materials")
		material := materialLink.FindString(limin.raw)
		limin.upload(material, "file", "c.pdf", []byte("%PDF-1.4 draft\n%%EOF"), nil)
		admin := c.signedIn("admin")
		admin.get("/desk/admin")
		admin.sees(http.StatusOK, "没有用上的附件", "上传后还没有办件用到的有 2 份，共 39 字节", "近 400 天清理了 0 份")

		c.sweepsAfter(blob.Unnamed + time.Hour)
		if n, err := c.Loose.Count(t.Context()); err != nil || n.Removed != 1 || n.Files != 1 {
			t.Errorf("removed: %+v, %v", n, err)
		}
		u = c.as("limin")
		hand := `{"materials":[{"material":"m1","files":[{"hash":"` + left["hash"].(string) + `"}]}],"item":"food-permit","answers":{}}`
		u.refused("/cases", "k2", hand, http.StatusUnprocessableEntity, "api.file.none")
		if _, err := c.Files.Stat(t.Context(), c.find(u.get("/cases/" + id)["number"].(string)).Materials[0].Files[0].Hash); err != nil {
			t.Error("the case has lost its file:", err)
		}
		limin = c.signedIn("limin")
		limin.get(material)
		limin.sees(http.StatusOK, "c.pdf")
		c.sweepsAfter(400 * 24 * time.Hour)
		if text := read(c.Metrics(), "/metrics").Body.String(); !strings.Contains(text, "tongban_files_unused 0") {
			t.Error("the draft's file is still there")
		}
	})
}

// A draft that was opened before its file was removed cannot be handed in with it.
func TestADraftDoesNotNameWhatWasRemoved(t *testing.T) {
	c := openCity(t)
	limin := c.signedIn("limin")
	limin.post("/apply/medical-resident", nil)
	limin.get(strings.Join(strings.Split(limin.at, "/")[:4], "/") + "/materials")
	material := materialLink.FindString(limin.raw)
	limin.upload(material, "file", "a.pdf", paper, nil)
	if _, err := c.DB.Exec(t.Context(), `UPDATE blob_loose SET until = 1`); err != nil {
		t.Fatal(err)
	}
	c.sweepsAfter(0)
	limin.upload(material, "file", "b.pdf", append([]byte("%PDF-1.4"), paper...), nil)
	limin.sees(http.StatusUnprocessableEntity, "已被清理，请删去后重新上传")
	limin.upload(material, "file", "a.pdf", paper, nil)
	limin.sees(http.StatusServiceUnavailable, "请过一小时再上传")
}
