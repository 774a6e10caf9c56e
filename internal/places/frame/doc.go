// Package frame is what all pages look like (页面框架): the shells around them,
// the components inside them, one stylesheet and one small script.
//
// A page may use only the shells, components and classes of this package; no
// page writes its own CSS, and the content policy forbids style attributes,
// inline scripts and event handlers. See everything at /design, in every mode.
//
// # A page
//
//	func (p *Portal) item(w http.ResponseWriter, r *http.Request) {
//		v := frame.Of(r).Named("食品经营许可").Under(frame.Link{Text: "首页", Href: "/"})
//		page.Show(w, r, itemPage(v, item))      // templ: @frame.Page(v) { … }
//	}
//
// A refused form is shown again with page.ShowFault(w, r, err, formPage(v.Faulty(err), err, …)):
// the page begins with @frame.ErrorSummary(err), and each field is
// frame.Field{Name: "phone", …}.Faulty(err); the field's Name is the fault's Path.
//
// # Shells
//
//	Portal(v)            public, full width inside        Page(v)       public, crumbs + h1 + usual width
//	Step(v, StepBar)     one question, phone first; the form inside has id "step"
//	Workbench(v, Bench)  clerk: three panes and a key bar Desk(v, DeskBar) staff: navigation on top
//	Print(v, back)       A4 paper                         ErrorPage(r, page.Failure)
//	DeskHead(title, note) {buttons}                       BenchTitle(title, facts) {buttons}
//
// # Words and blocks
//
//	Icon(name)  Tag(tone, word)  TagIcon(tone, icon, word)  Keys("Ctrl K")  Button(Btn)  Buttons(Btn...)
//	BackLink(href, text)  Crumbs([]Link)  Notice(tone, title) {…}  Card(title, small, *Link) {…}
//	Panel(title, small, *Link) {table or list}  Section(title, note) {…}  Details(title) {…}  Tabs(name, []Link)
//	Segment(name, []Link)  Empty(icon, title, say) {…}  Hero(HeroSearch) {card}  SearchBox(action, value, button)
//
// # Forms
//
//	ErrorSummary(err)  Input(Field)  Textarea(Field)  Select(Field, []Choice)  Radios(Field, []Choice)
//	Checks(Field, []Choice)  Check(Field, on)  DateParts(Field)  Region(Field, []Level)  Pick(Field, []Choice)
//	FileInput(Field, accept, several)  Faces(Field)  Filter(action) {…}  FilterSelect(label, name, value, []Choice)
//	FilterText(label, name, value, hint)  InkPad(Field, who) with ReadInk (手写签名)
//
// # Lists, tables, pictures
//
//	Summary(title, href, []Row)  Facts([]Row)  Prefilled([]Row, from, wrong)  Tasks([]Task)  Timeline([]Moment)
//	PaperSheet(LeafOf(sheet, address))  PaperPreview(Leaf)  Verdict(Material)  VerdictAgain(Material)
//	SubCases([]Part)  ToDo(title, say, Btn)  CheckList([]CheckLine)  Papers([]Paper)  PaperBox(title) {…}
//	OpinionBox(Opinion)  Materials([]Material) {foot}  Table(caption, []Column) {<tr>…}  Cell(main, sub, href)
//	Pager(prev, next)  Figures([]Figure)  Remaining(tone, words, used, total)  Fill(tone, percent)
//	ThemeGrid([]ThemeCard)  LinkGrid([]Link)  FoundList([]Found)  Hits(group, []Hit)
//	SearchLive(action, value, label) {filters}  FlowPicture(name, svg)  Contents(name, []Link)  Chapter(id, title, mark) {…}  Sheet() {chapters}  Questions([]QA)  Tags([]Mark)  Needs([]Need)
//	Sparkline(values, target, tone)  DotPlot(…)  Gantt(…)  HeatTable(…)  ClockRing(used, target)
//
// # Classes a page may use by itself
//
// Layout: wrap, narrow, row, sp (pushes apart), g (takes what is left), cols, cols two, cols side, col, stack, rows.
// Words: mut, sm, b, lead, ok, bad, amt, vh, dots, nums, prose. Tables: r, n, sub. Hidden on paper: noprint.
// Front page card: me, ttl. Workbench panes: cur, no, lt, wl, c, qu, sit, go. Overdue reason: why, cz, act.
// Paper: to, no, sign, seal (a drawing within sign, laid over it), check.
//
// # Keys
//
// A control with data-key="F9" is pressed by that key ("Ctrl+Enter", "S"; Btn.Key does it). Rows with data-row="id"
// in a table answer to J and K; Enter follows their data-rowopen link; data-rowkey="R" on a control within the row,
// or within the row data-rowbody="id" below it, is pressed by R. Single keys rest while one types and can be switched
// off. A search box that asks while one types triggers on ime:settled, never on input. A form with
// data-autosave="/address" posts itself a moment after each change.
package frame
