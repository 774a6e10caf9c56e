package blob

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"time"
)

// A Shot is what a picture or a film says of itself: when and where it was taken.
// It is the camera's word: whoever sets the camera's clock says the time.
type Shot struct {
	At   time.Time // zero: it does not say
	Spot string    // 北纬34.20440°，东经117.28570°; "": it does not say
}

// headRead is how much of a picture is looked at for what its camera wrote.
const headRead = 512 << 10

// Taken reads what the file says of itself. Cameras write the time by their own
// wall clock: where they do not write its zone it is zone.
func Taken(r io.ReadSeeker, is Type, zone *time.Location) Shot {
	switch is {
	case JPEG, HEIC, TIFF, WebP, PNG:
		head, _ := io.ReadAll(io.LimitReader(r, headRead)) // what cannot be read says nothing
		return exif(head, is, zone)
	case MP4:
		return Shot{At: film(r)}
	}
	return Shot{}
}

// exif finds the block of the camera in a picture, wherever its format puts it.
func exif(head []byte, is Type, zone *time.Location) Shot {
	if is == TIFF {
		return camera(head, zone)
	}
	for _, mark := range []string{"Exif\x00\x00II*\x00", "Exif\x00\x00MM\x00*", "EXIFII*\x00", "eXIfII*\x00", "eXIfMM\x00*"} {
		if i := bytes.Index(head, []byte(mark)); i >= 0 {
			return camera(head[i+len(mark)-4:], zone)
		}
	}
	return Shot{}
}

// A leaf is a block of Exif: numbered entries of 12 bytes in the order of its bytes.
type leaf struct {
	all   []byte
	order binary.ByteOrder
}

// The entries of Exif that are read (CIPA DC-008).
const (
	tagExif   = 0x8769
	tagGPS    = 0x8825
	tagTaken  = 0x9003 // DateTimeOriginal
	tagOffset = 0x9011 // OffsetTimeOriginal
)

// camera reads a block of Exif.
func camera(all []byte, zone *time.Location) Shot {
	l := leaf{all, binary.LittleEndian}
	if bytes.HasPrefix(all, []byte("MM")) {
		l.order = binary.BigEndian
	}
	first := l.entries(l.number(4))
	own, gps := l.entries(l.pointed(first[tagExif])), l.entries(l.pointed(first[tagGPS]))
	return Shot{l.moment(own, zone), l.spot(gps)}
}

// number is the four bytes at a place; 0 past the end.
func (l leaf) number(at uint32) uint32 {
	if uint64(at)+4 > uint64(len(l.all)) {
		return 0
	}
	return l.order.Uint32(l.all[at:])
}

func (l leaf) pointed(entry []byte) uint32 {
	if len(entry) < 12 {
		return 0
	}
	return l.order.Uint32(entry[8:])
}

// entries are those of the directory at a place, by number; none at 0.
func (l leaf) entries(at uint32) map[uint16][]byte {
	found := map[uint16][]byte{}
	if at == 0 || uint64(at)+2 > uint64(len(l.all)) {
		return found
	}
	rest := l.all[at+2:]
	for range l.order.Uint16(l.all[at:]) {
		if len(rest) < 12 {
			break
		}
		found[l.order.Uint16(rest)] = rest[:12]
		rest = rest[12:]
	}
	return found
}

// text is what an entry of characters says.
func (l leaf) text(entry []byte) string {
	if len(entry) < 12 {
		return ""
	}
	n, at := l.order.Uint32(entry[4:]), l.pointed(entry)
	value := entry[8:12]
	if n > 4 {
		if uint64(at)+uint64(n) > uint64(len(l.all)) {
			return ""
		}
		value = l.all[at : uint64(at)+uint64(n)]
	}
	return strings.TrimRight(string(value[:min(uint64(n), uint64(len(value)))]), "\x00 ")
}

func (l leaf) moment(own map[uint16][]byte, zone *time.Location) time.Time {
	text := l.text(own[tagTaken])
	if offset, err := time.Parse("-07:00", l.text(own[tagOffset])); err == nil {
		zone = offset.Location()
	}
	at, err := time.ParseInLocation("2006:01:02 15:04:05", text, zone)
	if err != nil {
		return time.Time{}
	}
	return at.UTC()
}

// spot is the latitude and the longitude in the words of a map.
func (l leaf) spot(gps map[uint16][]byte) string {
	north, east := l.degrees(gps[2]), l.degrees(gps[4])
	if north < 0 || east < 0 || north > 90 || east > 180 || north == 0 && east == 0 {
		return ""
	}
	lat, long := "北纬", "东经"
	if l.text(gps[1]) == "S" {
		lat = "南纬"
	}
	if l.text(gps[3]) == "W" {
		long = "西经"
	}
	return fmt.Sprintf("%s%.5f°，%s%.5f°", lat, north, long, east)
}

// degrees are three fractions, of degrees, minutes and seconds; -1: there are none.
func (l leaf) degrees(entry []byte) float64 {
	at := l.pointed(entry)
	if at == 0 || uint64(at)+24 > uint64(len(l.all)) {
		return -1
	}
	sum, unit := 0.0, 1.0
	for i := range uint32(3) {
		over := l.number(at + 8*i + 4)
		if over == 0 {
			return -1
		}
		sum += float64(l.number(at+8*i)) / float64(over) / unit
		unit *= 60
	}
	return sum
}

// filmEpoch is where films begin to count (ISO/IEC 14496-12).
var filmEpoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)

// film reads when a film was recorded from the head of its movie box.
func film(r io.ReadSeeker) time.Time {
	if !enter(r, "moov") || !enter(r, "mvhd") {
		return time.Time{}
	}
	var head [12]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return time.Time{}
	}
	seconds := uint64(binary.BigEndian.Uint32(head[4:]))
	if head[0] == 1 {
		seconds = binary.BigEndian.Uint64(head[4:])
	}
	at := filmEpoch.Add(time.Duration(min(seconds, 1<<33)) * time.Second)
	if at.Year() < 1990 { // a camera without a clock writes none
		return time.Time{}
	}
	return at
}

// enter goes on in a file of boxes to the content of the next one of a name.
func enter(r io.ReadSeeker, name string) bool {
	for range 1000 {
		var head [16]byte
		if _, err := io.ReadFull(r, head[:8]); err != nil {
			return false
		}
		size, known := int64(binary.BigEndian.Uint32(head[:])), int64(8)
		if size == 1 {
			if _, err := io.ReadFull(r, head[8:]); err != nil {
				return false
			}
			size, known = int64(binary.BigEndian.Uint64(head[8:])), 16
		}
		if string(head[4:8]) == name {
			return true
		}
		if size < known {
			return false
		}
		if _, err := r.Seek(size-known, io.SeekCurrent); err != nil {
			return false
		}
	}
	return false
}
