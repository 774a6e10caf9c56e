package bench

import (
	"bytes"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"sync"
)

// A Way is what lies between two installations (网络): it can be cut, and it can
// lose, repeat, replay and alter what travels on it.
type Way struct {
	At string // where the sender finds it, whatever becomes of the receiver

	site *httptest.Server
	mu   sync.Mutex
	to   string
	cut  bool
	harm float64 // how many of a hundred messages meet with something, /100
	draw *rand.Rand
	old  [][]byte

	Carried, Lost, Doubled, Replayed, Altered int
}

// LayWay lays a way to an address.
func LayWay(to string, seed uint64) *Way {
	w := &Way{to: to, draw: rand.New(rand.NewPCG(seed, 2))}
	w.site = httptest.NewServer(w)
	w.At = w.site.URL
	return w
}

// Close takes the way away.
func (w *Way) Close() { w.site.CloseClientConnections(); w.site.Close() }

// Cut cuts the way, or joins it again.
func (w *Way) Cut(cut bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.cut = cut
}

// Harm makes so large a part of the messages meet with something.
func (w *Way) Harm(share float64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.harm = share
}

// Last is the message that travelled last.
func (w *Way) Last() []byte {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.old) == 0 {
		return nil
	}
	return w.old[len(w.old)-1]
}

// A fate is what becomes of one message.
type fate struct {
	cut, before, after, twice bool
	replay                    []byte
	message                   []byte
}

// fate draws what becomes of a message.
func (w *Way) fate(message []byte) fate {
	w.mu.Lock()
	defer w.mu.Unlock()
	f := fate{message: message, cut: w.cut}
	if f.cut {
		return f
	}
	w.Carried++
	if w.draw.Float64() < w.harm {
		switch w.draw.IntN(5) {
		case 0:
			f.before, w.Lost = true, w.Lost+1
		case 1:
			f.after, w.Lost = true, w.Lost+1
		case 2:
			f.twice, w.Doubled = true, w.Doubled+1
		case 3:
			if len(w.old) > 0 {
				f.replay, w.Replayed = w.old[w.draw.IntN(len(w.old))], w.Replayed+1
			}
		default:
			f.message, w.Altered = Alter(message), w.Altered+1
		}
	}
	if w.old = append(w.old, bytes.Clone(message)); len(w.old) > 50 {
		w.old = w.old[1:]
	}
	return f
}

// Alter changes one letter of what a message says, under the same signature.
func Alter(message []byte) []byte {
	other := bytes.Clone(message)
	if at := bytes.Index(other, []byte(`"text":"`)); at >= 0 && at+40 < len(other) {
		if other[at+36] == 'A' {
			other[at+36] = 'B'
		} else {
			other[at+36] = 'A'
		}
	}
	return other
}

// ServeHTTP carries a message and brings the answer, as far as the way lets it.
func (w *Way) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	message, err := io.ReadAll(r.Body)
	f := w.fate(message)
	if err != nil || f.cut || f.before {
		panic(http.ErrAbortHandler) // the connection is cut
	}
	if f.replay != nil {
		w.carry(r, f.replay) // whatever the answer to it is
	}
	if f.twice {
		w.carry(r, f.message)
	}
	status, answer := w.carry(r, f.message)
	if status == 0 || f.after {
		panic(http.ErrAbortHandler)
	}
	out.WriteHeader(status)
	out.Write(answer) // whoever went away asks again
}

// carry brings a message to the receiver; status 0: it could not be reached.
func (w *Way) carry(r *http.Request, message []byte) (status int, answer []byte) {
	answered, err := http.Post(w.to+r.URL.Path, "application/json", bytes.NewReader(message))
	if err != nil {
		return 0, nil
	}
	defer answered.Body.Close()
	if answer, err = io.ReadAll(answered.Body); err != nil {
		return 0, nil
	}
	return answered.StatusCode, answer
}
