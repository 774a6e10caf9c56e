package cases

import "iter"

// Files are all files of the case, each with what it belongs to: the material's name,
// or what is told of files that are no material.
func (c *Case) Files() iter.Seq2[string, File] {
	return func(yield func(string, File) bool) {
		for _, m := range c.Materials {
			if !handOut(m.Name, m.Files, yield) {
				return
			}
		}
		c.attachments(yield)
	}
}

// attachments are the files that are no material: evidence of what an opinion rests
// on, of how a pledge was checked and met, and of a service.
func (c *Case) attachments(yield func(string, File) bool) {
	for _, e := range c.Evidence {
		if !yield("审查证据", e.File) {
			return
		}
	}
	if c.Check != nil && !c.Check.files(yield) {
		return
	}
	for _, d := range c.services() {
		if !handOut("送达回证", d.Proof, yield) {
			return
		}
	}
}

func (k *PledgeCheck) files(yield func(string, File) bool) bool {
	for _, f := range k.Found {
		if !handOut("承诺核查", f.Evidence, yield) {
			return false
		}
	}
	for _, x := range k.Shown {
		if !handOut("达到条件的证明", x.Files, yield) {
			return false
		}
	}
	return true
}

func handOut(of string, files []File, yield func(string, File) bool) bool {
	for _, f := range files {
		if !yield(of, f) {
			return false
		}
	}
	return true
}

// Attached is a file that belongs to the case and is no material.
func (c *Case) Attached(hash string) (File, bool) {
	for _, f := range c.attachments {
		if f.Hash == hash {
			return f, true
		}
	}
	return File{}, false
}
