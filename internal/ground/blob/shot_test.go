package blob

import (
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
	"time"
)

var shanghai = time.FixedZone("CST", 8*3600)

// shot is a block of Exif with a moment, its zone and a place, in the order of bytes.
func shot(order binary.AppendByteOrder, moment, zone string) []byte {
	b := []byte("II*\x00")
	if order.String() == binary.BigEndian.String() {
		b = []byte("MM\x00*")
	}
	u32 := func(n uint32) { b = order.AppendUint32(b, n) }
	entry := func(tag, kind uint16, n, value uint32) {
		b = order.AppendUint16(order.AppendUint16(b, tag), kind)
		u32(n)
		u32(value)
	}
	chars := func(tag uint16, text string) {
		b = order.AppendUint16(order.AppendUint16(b, tag), 2)
		u32(uint32(len(text)))
		b = append(b, text...)
	}
	u32(8)
	b = order.AppendUint16(b, 2) // at 8
	entry(0x8769, 4, 1, 38)
	entry(0x8825, 4, 1, 68)
	u32(0)
	b = order.AppendUint16(b, 2) // at 38
	entry(0x9003, 2, 20, 122)
	entry(0x9011, 2, 7, 142)
	u32(0)
	b = order.AppendUint16(b, 4) // at 68
	chars(1, "N\x00\x00\x00")
	entry(2, 5, 3, 149)
	chars(3, "E\x00\x00\x00")
	entry(4, 5, 3, 173)
	u32(0)
	b = append(b, moment+"\x00"...) // at 122
	b = append(b, (zone + strings.Repeat("\x00", 7))[:7]...)
	for _, n := range []uint32{34, 1, 12, 1, 15, 1, 117, 1, 17, 1, 855, 100} {
		u32(n)
	}
	return b
}

// movie is a film that was recorded at a moment; its head stands at the end.
func movie(at time.Time) []byte {
	mvhd := binary.BigEndian.AppendUint32([]byte("\x00\x00\x00\x14mvhd\x00\x00\x00\x00"), uint32(at.Unix()-filmEpoch.Unix()))
	all := []byte("\x00\x00\x00\x10ftypisom\x00\x00\x00\x00\x00\x00\x00\x10mdat12345678")
	all = binary.BigEndian.AppendUint32(all, uint32(8+len(mvhd)+4))
	return append(append(append(all, "moov"...), mvhd...), 0, 0, 0, 0)
}

func TestWhatAFileSaysOfWhenItWasTaken(t *testing.T) {
	jpeg := func(block []byte) []byte {
		return append([]byte{0xff, 0xd8, 0xff, 0xe1, 0, byte(2 + 6 + len(block)), 'E', 'x', 'i', 'f', 0, 0}, block...)
	}
	morning := time.Date(2026, 6, 15, 1, 30, 5, 0, time.UTC)
	place := "北纬34.20417°，东经117.28571°"
	for _, tt := range []struct {
		name string
		is   Type
		file []byte
		want Shot
	}{
		{"a camera that says no zone", JPEG, jpeg(shot(binary.LittleEndian, "2026:06:15 09:30:05", "")), Shot{morning, place}},
		{"the other order of bytes", JPEG, jpeg(shot(binary.BigEndian, "2026:06:15 09:30:05", "")), Shot{morning, place}},
		{"a camera that says its zone", JPEG, jpeg(shot(binary.LittleEndian, "2026:06:15 10:30:05", "+09:00")), Shot{morning, place}},
		{"a camera without a clock", JPEG, jpeg(shot(binary.LittleEndian, "0000:00:00 00:00:00", "")), Shot{time.Time{}, place}},
		{"a camera whose clock was never set", JPEG, jpeg(shot(binary.LittleEndian, "1970:01:01 00:00:00", "")), Shot{time.Time{}, place}},
		{"before any year that can be written", JPEG, jpeg(shot(binary.LittleEndian, "0000:01:01 00:00:00", "")), Shot{time.Time{}, place}},
		{"after any year that can be written", JPEG, jpeg(shot(binary.LittleEndian, "9999:12:31 23:59:59", "-09:00")), Shot{time.Time{}, place}},
		{"a picture that was sent through a messenger", JPEG, []byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00"), Shot{}},
		{"a film", MP4, movie(morning), Shot{At: morning}},
		{"a film of a camera without a clock", MP4, movie(filmEpoch), Shot{}},
		{"a paper", PDF, []byte("%PDF-1.4 Exif\x00\x00II*\x00"), Shot{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Taken(bytes.NewReader(tt.file), tt.is, shanghai); got != tt.want {
				t.Errorf("it says %v, want %v", got, tt.want)
			}
		})
	}
}

func FuzzTaken(f *testing.F) {
	block := shot(binary.LittleEndian, "2026:06:15 09:30:05", "+09:00")
	kinds := []Type{MP4, JPEG, HEIC, TIFF, WebP, PNG}
	f.Add(movie(time.Date(2026, 6, 15, 1, 30, 5, 0, time.UTC)), uint8(0))
	f.Add(append([]byte("\xff\xd8\xff\xe1\x01\x00Exif\x00\x00"), block...), uint8(1))
	f.Add(append([]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00heicmif1\x00\x00\x00\x20meta\x00\x00\x00\x00"), block...), uint8(2))
	f.Add(block, uint8(3))
	f.Add(append([]byte("RIFF\x00\x01\x00\x00WEBPVP8X\x0a\x00\x00\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00EXIF\x00\x01\x00\x00"), block...), uint8(4))
	f.Add(append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x01\x00eXIf"), block...), uint8(5))
	f.Fuzz(func(t *testing.T, file []byte, kind uint8) {
		at := Taken(bytes.NewReader(file), kinds[int(kind)%len(kinds)], shanghai).At
		if _, err := at.MarshalJSON(); err != nil {
			t.Error(err)
		}
	})
}
