package witness

import (
	"encoding/json"
	"strconv"
	"strings"
	"time"

	"tongban/internal/ground/event"
	"tongban/internal/ground/fault"
)

// proofFormat names the form of a proof.
const proofFormat = "tongban-proof/1"

// A Proof is what shows, without the platform, that a fact was there on a day
// (存证凭据).
type Proof struct {
	Format string   `json:"format"`
	About  string   `json:"about,omitempty"` // what the fact is about, for people: the number of the case
	Stream string   `json:"stream"`
	Seq    int64    `json:"seq"`
	Hash   string   `json:"hash"`           // of the fact
	Fact   *Content `json:"fact,omitempty"` // what it says, for those it belongs to
	First  int64    `json:"first"`          // number of the first fact of the leaf
	Hashes []string `json:"hashes"`         // of all facts of the leaf
	Leaf   int64    `json:"leaf"`           // place of the leaf in the tree
	Path   []string `json:"path"`
	Root   Root     `json:"root"` // that it leads to
}

// Content is all that the hash of a fact is reckoned from.
type Content struct {
	Prev string    `json:"prev"`
	Name string    `json:"name"`
	At   time.Time `json:"at"`
	Body string    `json:"body"`
}

// A Root stands for all facts up to the end of a day (每日总根).
type Root struct {
	Day  string    `json:"day"`
	Size int64     `json:"size"` // leaves of the tree
	Hash string    `json:"hash"`
	At   time.Time `json:"at"` // when it was reckoned
}

// leafOf is the leaf of a stream's growth.
func leafOf(stream string, first int64, hashes []string) Hash {
	return leafHash([]byte(stream + "\x00" + strconv.FormatInt(first, 10) + "\x00" + strings.Join(hashes, "\x00")))
}

// ReadProof reads a proof from its file. Fault: witness.proof.
func ReadProof(file []byte) (p Proof, err error) {
	if err := json.Unmarshal(file, &p); err != nil || p.Format != proofFormat {
		return p, fault.New(fault.Invalid, "witness.proof", "这不是存证凭据文件，请重新下载")
	}
	return p, nil
}

// Check reckons the root from the proof and holds it against the published one
// of that day. Faults: witness.fact (the content is not what was hashed),
// witness.leaf, witness.path, witness.root.
func (p Proof) Check(published Root) error {
	if p.Fact != nil {
		r := event.Record{Stream: p.Stream, Seq: p.Seq, Name: p.Fact.Name, Body: p.Fact.Body, At: p.Fact.At}
		if r.Sum(p.Fact.Prev) != p.Hash {
			return fault.New(fault.Invalid, "witness.fact", "记录的内容与它的摘要不符，内容被改动过")
		}
	}
	at := p.Seq - p.First
	if at < 0 || at >= int64(len(p.Hashes)) || p.Hashes[at] != p.Hash {
		return fault.New(fault.Invalid, "witness.leaf", "凭据里没有这条记录的摘要")
	}
	root, err := p.root()
	if err != nil {
		return err
	}
	switch {
	case root.String() != p.Root.Hash:
		return fault.New(fault.Invalid, "witness.path", "由凭据算出的总根与凭据所写的不符，凭据被改动过")
	case published.Day != p.Root.Day || published.Size != p.Root.Size || published.Hash != p.Root.Hash:
		return fault.New(fault.Invalid, "witness.root", "凭据所写的%s总根与公布的不符", p.Root.Day)
	}
	return nil
}

func (p Proof) root() (Hash, error) {
	bad := fault.New(fault.Invalid, "witness.path", "凭据不完整或者被改动过")
	var path []Hash
	for _, text := range p.Path {
		h, err := ParseHash(text)
		if err != nil {
			return h, bad
		}
		path = append(path, h)
	}
	root, ok := follow(leafOf(p.Stream, p.First, p.Hashes), p.Leaf, p.Root.Size, path)
	if !ok {
		return root, bad
	}
	return root, nil
}
