package blob

import (
	"bytes"
	"encoding/binary"
	"io"
	"net"
	"strings"
	"testing"

	"tongban/internal/ground/fault"
)

// clamd answers as one does: it finds what holds the word virus, hangs up at once on
// more than a megabyte, and knows PING.
func clamd(t *testing.T) (address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				io.WriteString(conn, heardBy(conn)+"\x00") // to a caller that may have gone
			}()
		}
	}()
	return "tcp://" + l.Addr().String()
}

func heardBy(conn io.Reader) string {
	command := make([]byte, 6)
	if _, err := io.ReadFull(conn, command); err != nil || string(command) == "zPING\x00" {
		return "PONG"
	}
	if _, err := io.ReadFull(conn, make([]byte, len("zINSTREAM\x00")-6)); err != nil {
		return "ERROR"
	}
	var file bytes.Buffer
	for {
		var n uint32
		if err := binary.Read(conn, binary.BigEndian, &n); err != nil {
			return "ERROR"
		}
		if n == 0 {
			break
		}
		if _, err := io.CopyN(&file, conn, int64(n)); err != nil {
			return "ERROR"
		}
		if file.Len() > 1<<20 {
			return "INSTREAM size limit exceeded. ERROR"
		}
	}
	if strings.Contains(file.String(), "virus") {
		return "stream: Test-Signature FOUND"
	}
	return "stream: OK"
}

func TestWhatHasAVirusIsNotTakenIn(t *testing.T) {
	by, err := ReadClamd(clamd(t))
	if err != nil {
		t.Fatal(err)
	}
	if err := by.Ping(t.Context()); err != nil {
		t.Error(err)
	}
	d, err := OpenDisk(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	shelf := Scanned(d, by)
	for _, tt := range []struct{ name, text, code string }{
		{"a clean text", strings.Repeat("申请书。", 50_000), ""},
		{"one with a virus", "申请书 virus", "blob.virus"},
		{"one that is too large for the scanner", strings.Repeat("a ", 2<<20), "blob.scan"},
	} {
		ref, err := shelf.Put(t.Context(), strings.NewReader(tt.text), Limit{Name: "a.txt", Types: []Type{Text}})
		if (err != nil || tt.code != "") && fault.Code(err) != tt.code {
			t.Errorf("%s: %v", tt.name, err)
		}
		if _, missing := shelf.Stat(t.Context(), ref.Hash); (missing == nil) != (tt.code == "") {
			t.Errorf("%s: kept %v", tt.name, missing)
		}
	}
	gone, err := ReadClamd("unix:///nowhere/clamd.ctl")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Scanned(d, gone).Put(t.Context(), strings.NewReader("申请书"), Limit{Name: "a.txt", Types: []Type{Text}}); fault.Of(err) != fault.Busy {
		t.Errorf("taken in without a scanner: %v", err)
	}
	for _, address := range []string{"", "clamd.ctl", "https://clamd", "tcp://"} {
		if _, err := ReadClamd(address); err == nil {
			t.Errorf("%q was taken for an address", address)
		}
	}
}
