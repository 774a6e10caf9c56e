package blob

import (
	"encoding/binary"
	"fmt"
	"io"
	"time"

	"github.com/bep/imagemeta"
)

// A Shot is what a picture or a film says of itself: when and where it was taken.
// It is the camera's word: whoever sets the camera's clock says the time.
type Shot struct {
	At   time.Time // zero: it does not say
	Spot string    // 北纬34.20440°，东经117.28570°; "": it does not say
}

// pictures are the formats in which cameras say something (Exif, CIPA DC-008).
var pictures = map[Type]imagemeta.ImageFormat{
	JPEG: imagemeta.JPEG, HEIC: imagemeta.HEIF, TIFF: imagemeta.TIFF, WebP: imagemeta.WebP, PNG: imagemeta.PNG,
}

// Taken reads what the file says of itself. Cameras write the time by their own
// wall clock: where they do not write its zone it is zone.
func Taken(r io.ReadSeeker, is Type, zone *time.Location) Shot {
	if format, picture := pictures[is]; picture {
		said := camera(r, format)
		return Shot{said.moment(zone), said.spot()}
	}
	if is == MP4 {
		return Shot{At: film(r)}
	}
	return Shot{}
}

// words are what a camera wrote into a picture, by the names that Exif gives them.
type words map[string]any

// camera reads them; what cannot be read says nothing.
func camera(r io.ReadSeeker, format imagemeta.ImageFormat) words {
	said := words{"DateTimeOriginal": nil, "OffsetTimeOriginal": nil, "GPSLatitude": nil, "GPSLatitudeRef": nil, "GPSLongitude": nil, "GPSLongitudeRef": nil}
	imagemeta.Decode(imagemeta.Options{ //nolint:errcheck // what was read before it broke off stands
		R: r, ImageFormat: format, Sources: imagemeta.EXIF,
		ShouldHandleTag: func(t imagemeta.TagInfo) bool { v, wanted := said[t.Tag]; return wanted && v == nil },
		HandleTag:       func(t imagemeta.TagInfo) error { said[t.Tag] = t.Value; return nil },
	})
	return said
}

func (w words) moment(zone *time.Location) time.Time {
	text, _ := w["DateTimeOriginal"].(string)
	offset, _ := w["OffsetTimeOriginal"].(string)
	if at, err := time.Parse("-07:00", offset); err == nil {
		zone = at.Location()
	}
	at, err := time.ParseInLocation("2006:01:02 15:04:05", text, zone)
	if err != nil {
		return time.Time{}
	}
	return told(at)
}

// Digital is when there began to be cameras that write files.
var Digital = time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC)

// told is a moment that a camera wrote, and none where it stands for no clock: they
// write the beginning of some count then, or the end of one.
func told(at time.Time) time.Time {
	if at = at.UTC(); at.Before(Digital) || at.Year() > 9999 {
		return time.Time{}
	}
	return at
}

// spot is the latitude and the longitude in the words of a map.
func (w words) spot() string {
	north, said := w["GPSLatitude"].(float64)
	east, both := w["GPSLongitude"].(float64)
	if !said || !both || !(north >= 0 && north <= 90 && east >= 0 && east <= 180) || north == 0 && east == 0 {
		return ""
	}
	lat, long := "北纬", "东经"
	if w["GPSLatitudeRef"] == "S" {
		lat = "南纬"
	}
	if w["GPSLongitudeRef"] == "W" {
		long = "西经"
	}
	return fmt.Sprintf("%s%.5f°，%s%.5f°", lat, north, long, east)
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
	return told(filmEpoch.Add(time.Duration(min(seconds, 1<<33)) * time.Second))
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
