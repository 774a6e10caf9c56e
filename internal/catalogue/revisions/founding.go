package revisions

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"tongban/internal/catalogue/items"
	"tongban/internal/civic/agencies"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/codes"
	"tongban/internal/civic/identity"
	"tongban/internal/engine/clock"
	"tongban/internal/engine/flow"
	"tongban/internal/engine/forms"
	"tongban/internal/ground/fault"
)

// A Founding is how an item begins that does not exist yet (新设事项): an entry of
// the basic catalogue, the implementation list of one agency, and, if the item is
// divided, one handling item of it.
type Founding struct {
	Start      // Item is left empty: its codes name it
	Name       string
	Type       items.Type
	Agency     agencies.Agency
	Catalogue  string // 基本编码; "": make the next one of Department
	Department string // two digits of the guiding central department
	Divided    bool   // make it the next handling item (业务办理项) of its implementation list
	handling   int
	taken      []string
}

// Found begins the draft of an item that does not exist yet. Its codes are made
// or checked by their scheme. Faults: revisions.found.start, codes.item.…,
// items.code.used, items.catalogue.full.
func (s *Service) Found(ctx context.Context, f Founding, by identity.Actor) (*Revision, error) {
	if err := f.check(s.today()); err != nil {
		return nil, err
	}
	var err error
	if f.taken, err = s.Store.Begun(ctx); err != nil {
		return nil, err
	}
	if f.Catalogue == "" {
		prefix := f.Agency.Region[:2] + f.Type.Code() + f.Department
		if f.Catalogue, err = s.Items.NextCatalogue(ctx, prefix, basicsOf(f.taken)); err != nil {
			return nil, err
		}
	}
	if f.Divided {
		serials, err := s.Items.Handlings(ctx, f.Catalogue, f.Agency.ID)
		if err != nil {
			return nil, err
		}
		f.handling = f.nextHandling(serials)
	}
	text, err := f.text(s.today())
	if err != nil {
		return nil, err
	}
	superior, err := s.Superior(ctx, text)
	if err != nil {
		return nil, err
	}
	if superior != nil {
		text.Inherit(superior)
	}
	return s.start(ctx, f.Start, text, by)
}

// basicsOf are the catalogue codes of drafts that are named by their codes.
func basicsOf(ids []string) []string {
	var all []string
	for _, id := range ids {
		c, _ := codes.ParseItemCode(id)
		if b := c.Basic(); b != "" {
			all = append(all, b)
		}
	}
	return all
}

// nextHandling is the serial after the last one in force or begun.
func (f Founding) nextHandling(serials []int) int {
	last := 0
	for _, n := range serials {
		last = max(last, n)
	}
	for _, id := range f.taken {
		c, _ := codes.ParseItemCode(id)
		if n, err := strconv.Atoi(c.Handling); err == nil && c.Agency == f.Agency.USCC && c.Basic() == f.Catalogue {
			last = max(last, n)
		}
	}
	return last + 1
}

func (f Founding) check(today calendar.Day) error {
	wrong := fault.New(fault.Invalid, "revisions.found.start", "新设事项有内容需要补充")
	need := func(ok bool, path, say string) {
		if !ok {
			wrong = wrong.At(path, "required", "%s", say)
		}
	}
	need(strings.TrimSpace(f.Name) != "", "name", "请填写事项名称")
	need(slices.Contains(items.Types(), f.Type), "type", "请选择事项类型")
	need(f.Agency.ID != "", "agency", "请选择实施主体")
	if f.Catalogue == "" {
		need(len(f.Department) == 2 && strings.Trim(f.Department, "0123456789") == "", "department", "请填写两位数字的业务指导部门代码；已有基本编码的，请填写基本编码")
	} else if c, found := codes.ParseItemCode(f.Catalogue); c.Scheme != codes.Basic || codes.Worst(found) == codes.Wrong {
		need(false, "catalogue", "基本编码应是12位："+firstSay(found))
	} else if code := c.NationalType(); code != "" && f.Type.Code() != code {
		need(false, "catalogue", "基本编码中的事项类型是"+codes.ItemTypes().Label(code)+"，与所选类型不一致")
	}
	wrong = wrong.With("", fault.Fields(f.Start.check(today)))
	if len(wrong.Fields) > 0 {
		return wrong
	}
	return nil
}

func firstSay(found []codes.Finding) string {
	if len(found) == 0 {
		return "两位地区、两位类型、两位部门、三位主项、三位子项"
	}
	return found[0].Say
}

// text is the draft a new item begins with: what is known of its agency, a form
// with one group and a procedure of two steps, all to be changed.
func (f Founding) text(today calendar.Day) (*items.Edition, error) {
	e := &items.Edition{
		State: items.Draft, Name: strings.TrimSpace(f.Name), Type: f.Type, Codes: items.Codes{Catalogue: codes.Tidy(f.Catalogue)},
		AgencyKind: "法定机关", Kind: items.Promise, Review: items.ReviewFirst, PowerSource: items.PowerSources[0],
		AcceptLimit: clock.Limit{N: 5, Unit: clock.WorkingDays}, Ways: []items.Way{items.AtWindow, items.Net},
		Form: forms.Form{Groups: []forms.Group{{ID: "basic", Title: "基本信息"}}}, Effective: max(f.Effective, today),
	}
	if err := seat(e, f.Agency, f.handling); err != nil {
		return nil, err
	}
	e.Procedure = flow.FromSteps(string(e.Item), e.Name, []flow.Step{
		{No: 1, ID: "review", Name: "审查", Post: "审查岗", Role: identity.Reviewer, Substantive: f.Type == items.Licence},
		{No: 2, ID: "decide", Name: "决定", Post: "审批岗", Role: identity.Approver, Decides: true, Apart: []string{"review"}},
	})
	return e, nil
}

// seat gives an edition to an agency: its codes by the national scheme, and where
// the agency is to be found.
func seat(e *items.Edition, a agencies.Agency, handling int) error {
	level := LevelOf(a)
	n, err := strconv.Atoi(level.Code())
	if err != nil {
		return fault.New(fault.Invalid, "revisions.found.level", "“%s”的行政区划看不出层级，请先更正部门资料", a.Name).At("agency", "level", "请先更正部门资料")
	}
	implementation, err := codes.Implement(e.Codes.Catalogue, a.USCC, n, 0)
	if err != nil {
		return err
	}
	e.Codes.Implementation, e.Codes.Handling, e.Codes.Local = implementation.Text, "", ""
	if handling > 0 {
		divided, err := codes.Implement(e.Codes.Catalogue, a.USCC, n, handling)
		if err != nil {
			return err
		}
		e.Codes.Handling = divided.Text
	}
	e.Item = items.ID(cmp.Or(e.Codes.Handling, e.Codes.Implementation))
	e.Level, e.Region, e.Agency, e.AgencyName = level, a.Region, a.ID, a.Name
	e.Phone, e.Places = a.Phone, []items.Place{{Name: a.Name, Address: a.Address}}
	e.Remedies = items.Remedies{Review: items.Remedy{Body: a.Review}, Suit: items.Remedy{Body: a.Court}}
	return nil
}

// LevelOf is the level at which an agency carries items out (行使层级).
func LevelOf(a agencies.Agency) items.Level {
	return map[codes.Level]items.Level{
		codes.Province: items.Province, codes.City: items.City, codes.County: items.County, codes.Town: items.Town, codes.Village: items.Village,
	}[a.Level()]
}

// start opens the revision of an item that does not exist yet.
func (s *Service) start(ctx context.Context, start Start, text *items.Edition, by identity.Actor) (*Revision, error) {
	start.Item = text.Item
	if again, err := s.again(ctx, start.Item, by); err != nil || again != nil {
		return again, err
	}
	if last, err := s.last(ctx, start.Item); err != nil {
		return nil, fmt.Errorf("look for item %s: %w", start.Item, err)
	} else if last > 0 {
		return nil, fault.New(fault.Conflict, "revisions.found.exists", "“%s”已经有了，请在那个事项上新建调整申请", text.Name)
	}
	if err := s.Items.Unused(ctx, text); err != nil {
		return nil, err
	}
	m, err := starts(ID(s.NewID()), start, text, s.Rules, by, s.Now())
	if err != nil {
		return nil, err
	}
	return s.begun(ctx, m)
}

// Reseat gives the draft of a new item to another agency: its codes, level and
// region follow, its handling serial and what was written of places and remedies
// stay. Faults as Found.
func Reseat(e *items.Edition, a agencies.Agency) error {
	kept := *e
	c, _ := codes.ParseItemCode(e.Codes.Handling)
	serial, err := strconv.Atoi(c.Handling)
	if err != nil {
		serial = 0 // not divided
	}
	if err := seat(e, a, serial); err != nil {
		return err
	}
	e.Item, e.Codes.Local = kept.Item, kept.Codes.Local
	if len(kept.Places) > 0 {
		e.Places = kept.Places
	}
	e.Phone = cmp.Or(kept.Phone, e.Phone)
	e.Remedies = kept.Remedies
	e.Remedies.Review.Body, e.Remedies.Suit.Body = a.Review, a.Court
	return nil
}
