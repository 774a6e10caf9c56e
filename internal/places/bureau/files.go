package bureau

import (
	"net/http"
	"slices"
	"strconv"

	"tongban/internal/civic/identity"
	"tongban/internal/ground/fault"
	"tongban/internal/handling/cases"
)

// file gives out a file that is on file in the case, to those who may see the
// case, and no other file of the store.
func (b *Bureau) file(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	c, err := b.Cases.Case(r.Context(), cases.ID(r.PathValue("case")), by)
	if err != nil {
		return err
	}
	f, ok := fileOf(c, r.PathValue("material"), r.PathValue("hash"))
	if !ok {
		return fault.New(fault.NotFound, "bureau.file.none", "这件办件里没有这份文件")
	}
	content, err := b.Files.Open(r.Context(), f.Hash)
	if err != nil {
		return err
	}
	content.Serve(w, r, f.Name)
	return nil
}

// attached stands for the material in the address of a file that is none.
const attached = "attached"

func fileOf(c *cases.Case, material, hash string) (cases.File, bool) {
	if material == attached {
		return c.Attached(hash)
	}
	h, ok := c.Has(material)
	if !ok {
		return cases.File{}, false
	}
	i := slices.IndexFunc(h.Files, func(f cases.File) bool { return f.Hash == hash })
	if i < 0 {
		return cases.File{}, false
	}
	return h.Files[i], true
}

func fileURL(id cases.ID, material string, f cases.File) string {
	return caseURL(id) + "/files/" + material + "/" + f.Hash
}

// paper is one document of the case, to be read and printed.
func (b *Bureau) paper(w http.ResponseWriter, r *http.Request, by identity.Actor) error {
	id := cases.ID(r.PathValue("case"))
	seq, err := strconv.ParseInt(r.PathValue("seq"), 10, 64)
	if err != nil {
		return fault.New(fault.NotFound, "bureau.paper.none", "没有这份文书")
	}
	sheet, err := b.Cases.PaperOf(r.Context(), id, cases.PaperKind(r.PathValue("kind")), seq, by)
	if err != nil {
		return err
	}
	return b.Press.Show(w, r, caseURL(id)+"?see=papers", sheet)
}
