package portal

import (
	"net/http"
	"strconv"

	"tongban/internal/ground/fault"
	"tongban/internal/ground/page"
	"tongban/internal/ground/witness"
	"tongban/internal/places/frame"
)

// integrityView is 每日存证: the roots of all fact chains, day by day.
type integrityView struct {
	Roots []witness.Root
	Next  string // address of older ones
}

// rootsOfAPage is how many days a page shows, and rootsOfAFile the file.
const rootsOfAPage, rootsOfAFile = 31, 4000

func (p *Portal) integrityPage(w http.ResponseWriter, r *http.Request) error {
	roots, err := p.Witness.Roots(r.Context(), r.URL.Query().Get("before"), rootsOfAPage+1)
	if err != nil {
		return err
	}
	v := integrityView{Roots: roots[:min(len(roots), rootsOfAPage)]}
	if len(roots) > rootsOfAPage {
		v.Next = "/integrity?before=" + v.Roots[rootsOfAPage-1].Day
	}
	page.Show(w, r, integrityShow(below(r, "每日存证"), v))
	return nil
}

// integrityFile is the same for programs, to be kept by whoever wants to.
func (p *Portal) integrityFile(w http.ResponseWriter, r *http.Request) error {
	roots, err := p.Witness.Roots(r.Context(), "", rootsOfAFile)
	if err != nil {
		return err
	}
	if roots == nil {
		roots = []witness.Root{}
	}
	page.JSON(w, r, roots)
	return nil
}

// proof is the file by which an applicant can prove, without us, that something
// happened to the case on its day. What they handed in themselves is in it; of
// what others did, only the hash.
func (p *Portal) proof(w http.ResponseWriter, r *http.Request) error {
	c, err := p.mine(r)
	if err != nil {
		return err
	}
	seq := int64(1)
	if asked := r.URL.Query().Get("seq"); asked != "" {
		if seq, err = strconv.ParseInt(asked, 10, 64); err != nil || seq < 1 || seq > c.Head.Seq {
			return fault.New(fault.NotFound, "witness.fact.none", "没有这条记录")
		}
	}
	proof, err := p.Witness.Prove(r.Context(), c.ID.Stream(), seq, seq == 1)
	if err != nil {
		return err
	}
	proof.About = c.Number
	w.Header().Set("Content-Disposition", `attachment; filename="`+c.Number+"-"+strconv.FormatInt(seq, 10)+`-proof.json"`)
	page.JSON(w, r, proof)
	return nil
}

// provenHint says where the proof of a receipt is.
func provenHint(number string) frame.Btn {
	return frame.Btn{Text: "存证凭据", Icon: "shield-check", Href: "/my/cases/" + number + "/proof"}
}
