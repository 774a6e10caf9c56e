package openapi

import (
	"context"
	"net/http"
	"time"

	"tongban/internal/catalogue/items"
	"tongban/internal/catalogue/themes"
	"tongban/internal/civic/agencies"
	"tongban/internal/civic/calendar"
	"tongban/internal/civic/identity"
	"tongban/internal/civic/parties"
	"tongban/internal/civic/regions"
	"tongban/internal/civic/staff"
	"tongban/internal/ground/blob"
	"tongban/internal/ground/once"
	"tongban/internal/handling/aid"
	"tongban/internal/handling/cases"
	"tongban/internal/handling/elsewhere"
	"tongban/internal/handling/experts"
	"tongban/internal/handling/hearings"
	"tongban/internal/handling/joint"
	"tongban/internal/handling/lifecourse"
	"tongban/internal/handling/projects"
	"tongban/internal/handling/queue"
	"tongban/internal/handling/relay"
	"tongban/internal/handling/tidings"
	"tongban/internal/handling/visits"
	"tongban/internal/oversight/rating"
	"tongban/internal/oversight/supervision"
	"tongban/internal/places/frame"
	"tongban/internal/register/archives"
	"tongban/internal/register/certificates"
	"tongban/internal/register/companies"
	"tongban/internal/register/credit"
	"tongban/internal/register/licences"
)

// API is the place: the services behind its operations.
type API struct {
	Identity     *identity.Service
	Parties      *parties.Service
	Staff        *staff.Service
	Agencies     *agencies.Service
	Regions      regions.Regions
	Calendar     *calendar.Live
	Items        *items.Service
	Themes       *themes.Service
	Joint        *joint.Service
	Cases        *cases.Service
	Archives     *archives.Service
	Elsewhere    *elsewhere.Service
	Certificates *certificates.Service
	Licences     *licences.Service
	Ratings      *rating.Service
	Supervision  *supervision.Service
	Queue        *queue.Service
	Aid          *aid.Service
	Projects     *projects.Service
	Visits       *visits.Service
	Experts      *experts.Service
	Relay        *relay.Service
	Hearings     *hearings.Service
	Companies    *companies.Service
	Plan         *lifecourse.Plan
	Credit       *credit.Service
	Files        blob.Store
	Once         *once.Book
	Tidings      *tidings.Service
	Press        *frame.Press
	Address      string // how strangers reach us: "https://…"
	Now          func() time.Time
}

// Routes are the operations of the place, and the two ways to read about them.
func (a *API) Routes() http.Handler {
	mux := http.NewServeMux()
	b := newBook(mux, a)

	public(b, "POST /sessions", "signIn", "会话", "登录，取得令牌", a.signIn)
	signed(b, "GET /sessions", "listSessions", "会话", "我的会话和令牌", a.sessions)
	signed(b, "DELETE /sessions/{session}", "endSession", "会话", "结束一个会话", a.endSession)
	signed(b, "GET /me", "whoAmI", "会话", "我是谁，有哪些岗位", a.me)
	signed(b, "GET /messages", "listMessages", "会话", "我的消息：办件有了什么进展，读过没有", a.messages)
	signed(b, "POST /messages/read", "readMessages", "会话", "把某一时刻以前的消息标为已读", a.readMessages)

	public(b, "GET /items", "listItems", "事项", "查找事项，或者按部门、类型、区域列出", a.listItems)
	public(b, "GET /lists", "listLists", "事项", "公布的清单：容缺受理、告知承诺、中介服务等", a.listLists)
	public(b, "GET /lists/{list}", "getList", "事项", "一份公布的清单：每个事项和清单写明的内容（容缺受理的写明主要申请材料、可容缺的材料）", a.onList)
	public(b, "GET /items/{item}", "getItem", "事项", "事项的现行实施清单", a.item)
	public(b, "GET /items/{item}/guide", "getGuide", "事项", "办事指南（GB/T 36114）", a.guide)
	public(b, "GET /items/{item}/vacancies", "getVacancies", "事项", "有数量限制的事项现在还剩多少名额", a.vacancies)
	public(b, "POST /items/{item}/personal-list", "personalList", "事项", "按自己的情形列出材料、时限和费用", a.personal)

	public(b, "GET /themes", "listThemes", "一件事", "主题库：在用的一件事，全文和版本，供上级同步", a.listThemes)
	public(b, "GET /themes/{theme}", "getTheme", "一件事", "一件事和由各事项推算的表单、材料、安排", a.theme)
	public(b, "POST /themes/{theme}/personal-list", "themePersonalList", "一件事", "按自己的情形列出要办的事项和材料", a.themePersonal)
	public(b, "POST /themes/{theme}/form", "themeForm", "一件事", "按自己的情形给出一张申请表：还要回答的问题、字段、材料", a.themeForm)
	created(b, "POST /themes/{theme}/joint", "submitJoint", "一件事", "一次提交：一张表、一套材料，各事项各成办件", a.submitJoint)
	signed(b, "GET /joint", "listJoint", "一件事", "联办件：本人的，窗口所在区域的", a.listJoint)
	signed(b, "GET /joint/{number}", "getJoint", "一件事", "联办件的各项进展", a.getJoint)
	signed(b, "POST /joint/{number}", "actOnJoint", "一件事", "对联办件的各项一并办理", a.actJoint)

	upload(b, "POST /files", "putFile", "文件", "上传文件，取得引用。文档、图片；MP4 视频只作证据，不能作申请材料", a.putFile)
	download(b, "GET /cases/{case}/papers/{kind}/{seq}/pdf", "getPaperFile", "办件", "文书的 PDF 文件，字体嵌入，可检索和复制", a.paperFile)
	download(b, "GET /cases/{case}/materials/{material}/files/{hash}", "getFile", "文件", "下载办件里的文件", a.caseFile)

	created(b, "POST /cases", "submitCase", "办件", "提交申请（收件）", a.submit)
	signed(b, "GET /cases", "listCases", "办件", "办件清单：本人、窗口、出证、部门、督查", a.listCases)
	signed(b, "GET /cases/{case}", "getCase", "办件", "办件详情（敏感信息已遮盖）", a.getCase)
	signed(b, "GET /cases/{case}/history", "getHistory", "办件", "办件的全部记录和记录链", a.history)
	signed(b, "GET /cases/{case}/clock", "getClock", "办件", "时限怎样算出：每一段计入与不计入的时间", a.clock)
	signed(b, "GET /cases/{case}/papers", "listPapers", "办件", "已经出具的文书", a.papers)
	signed(b, "GET /cases/{case}/papers/{kind}/{seq}", "getPaper", "办件", "文书的内容", a.paper)
	download(b, "GET /cases/{case}/package", "getPackage", "归档", "办件的归档信息包：全部记录、文书编号、文件摘要、四性检测结果（工作人员）", a.casePackage)
	signed(b, "GET /archive", "getArchive", "归档", "归档情况：规则、保管期限、各全宗年度的件数、等待归档的办件、不能归档的原因", a.archive)
	signed(b, "POST /archive/rules", "layArchiveRule", "归档", "制定归档规则：办结满多少天、是否继续归档（系统管理员）", a.layArchiveRule)
	signed(b, "POST /archive/terms", "layArchiveTerms", "归档", "制定保管期限表：各类事项和个别事项的档案保管多久，以后归档的照办（市级系统管理员）", a.layTerms)
	signed(b, "GET /inbox", "getInbox", "办件", "岗位的待办", a.inbox)

	act(b, "POST /cases/{case}/judge", cases.Judge, a.judge)
	act(b, "POST /cases/{case}/accept", cases.Accept, a.accept)
	act(b, "POST /cases/{case}/ask-once", cases.AskOnce, a.askOnce)
	act(b, "POST /cases/{case}/rectify", cases.Rectify, a.rectify)
	act(b, "POST /cases/{case}/correct", cases.Correct, a.correct)
	act(b, "POST /cases/{case}/cure", cases.Cure, a.cure)
	act(b, "POST /cases/{case}/refuse", cases.Refuse, a.refuse)
	act(b, "POST /cases/{case}/say-not-needed", cases.SayNotNeeded, a.sayNotNeeded)
	act(b, "POST /cases/{case}/withdraw", cases.Withdraw, a.withdraw)
	act(b, "POST /cases/{case}/terminate", cases.Terminate, a.terminate)
	act(b, "POST /cases/{case}/deliver", cases.Deliver, a.deliver)
	act(b, "POST /cases/{case}/papers/{kind}/{seq}/serve", cases.ServePaper, a.servePaper)
	act(b, "POST /cases/{case}/urge", cases.Urge, a.urge)
	act(b, "POST /cases/{case}/answer-urge", cases.AnswerUrge, a.answerUrge)
	act(b, "POST /cases/{case}/extend", cases.Extend, a.extend)
	act(b, "POST /cases/{case}/hearing/tell", cases.TellHearing, a.tellHearing)
	act(b, "POST /cases/{case}/hearing/call", cases.CallHearing, a.callHearing)
	act(b, "POST /cases/{case}/hearing/ask", cases.AskHearing, a.askHearing)
	act(b, "POST /cases/{case}/hearing/minutes", cases.NoteHearing, a.noteHearing)
	act(b, "POST /cases/{case}/hearing/demands/{other}", cases.JudgeDemand, a.judgeDemand)
	act(b, "POST /cases/{case}/hearing/objection", cases.ObjectHost, a.objectHost)
	act(b, "POST /cases/{case}/hearing/objection/settle", cases.SettleHost, a.settleHost)
	act(b, "POST /cases/{case}/check", cases.Check, a.checkDecision)
	act(b, "POST /cases/{case}/mend", cases.Mend, a.mendDecision)
	act(b, "POST /cases/{case}/specials", cases.OpenSpecial, a.openSpecial)
	act(b, "POST /cases/{case}/specials/{special}/close", cases.CloseSpecial, a.closeSpecial)
	act(b, "POST /cases/{case}/pledge", cases.TakePledge, a.pledge)
	act(b, "POST /cases/{case}/testers", cases.AssignTesters, a.assignTesters)
	act(b, "POST /cases/{case}/test", cases.NoteTest, a.noteTest)
	act(b, "POST /cases/{case}/settle", cases.Settle, a.settle)
	act(b, "POST /cases/{case}/receive-link", cases.ReceiveLink, a.receiveLink)
	act(b, "POST /cases/{case}/show-met", cases.ShowMet, a.showMet)
	act(b, "POST /cases/{case}/check-pledge", cases.CheckPledge, a.checkPledge)
	act(b, "POST /cases/{case}/postpone", cases.Postpone, a.postpone)
	act(b, "POST /cases/{case}/file-now", cases.FileNow, a.fileNow)
	act(b, "POST /cases/{case}/later/change", cases.AskChange, a.ask(cases.Changing))
	act(b, "POST /cases/{case}/later/renewal", cases.AskRenewal, a.ask(cases.Renewing))
	act(b, "POST /cases/{case}/later/cancellation", cases.AskCancel, a.ask(cases.Cancelling))
	act(b, "POST /cases/{case}/later/vet", cases.VetLater, a.vetLater)
	act(b, "POST /cases/{case}/later/propose", cases.ProposeLater, a.proposeLater)
	act(b, "POST /cases/{case}/later/plea", cases.PleadLater, a.pleadLater)
	act(b, "POST /cases/{case}/later/amend", cases.Amend, a.conclude(cases.Changing, true))
	act(b, "POST /cases/{case}/later/renew", cases.Renew, a.conclude(cases.Renewing, true))
	act(b, "POST /cases/{case}/later/cancel", cases.Cancel, a.conclude(cases.Cancelling, true))
	act(b, "POST /cases/{case}/later/annul", cases.Annul, a.conclude(cases.Annulling, true))
	act(b, "POST /cases/{case}/later/recall", cases.Recall, a.conclude(cases.Recalling, true))
	act(b, "POST /cases/{case}/later/strip", cases.Strip, a.conclude(cases.Stripping, true))
	act(b, "POST /cases/{case}/later/dismiss", cases.DismissLater, a.conclude("", false))
	act(b, "POST /cases/{case}/later/serve", cases.ServeLater, a.serveLater)
	act(b, "POST /cases/{case}/work/{work}/claim", cases.Claim, a.claim)
	act(b, "POST /cases/{case}/work/{work}/release", cases.Release, a.release)
	act(b, "POST /cases/{case}/work/{work}/review", cases.Review, a.review)
	act(b, "POST /cases/{case}/work/{work}/send-back", cases.SendBack, a.sendBack)
	act(b, "POST /cases/{case}/work/{work}/transfer", cases.Transfer, a.transfer)
	act(b, "POST /cases/{case}/work/{work}/add-signer", cases.AddSigner, a.addSigner)
	act(b, "POST /cases/{case}/work/{work}/drop-signer", cases.DropSigner, a.dropSigner)
	act(b, "POST /cases/{case}/work/{work}/delegate", cases.Delegate, a.delegate)
	act(b, "POST /cases/{case}/work/{work}/take-back", cases.TakeBack, a.takeBack)
	act(b, "POST /cases/{case}/work/{work}/reassign", cases.Reassign, a.reassign)
	act(b, "POST /cases/{case}/work/{work}/decide", cases.Decide, a.decide)

	signed(b, "GET /owed", "listOwed", "信用", "待补交的容缺材料、待核查的承诺", a.listOwed)
	signed(b, "GET /credit", "myCredit", "信用", "我的信用等级和记录", a.myCredit)
	signed(b, "POST /credit/grades", "bringGrades", "信用", "导入公共信用综合评价的等级：A 守信、B 正常、C 一般失信、D 严重失信（效能监督岗）", a.bringGrades)
	signed(b, "GET /credit/records", "listCredit", "信用", "部门或者区域的信用记录（已遮盖）", a.listCredit)
	signed(b, "GET /credit/records/{record}", "getCredit", "信用", "一条信用记录", a.creditRecord)
	signed(b, "POST /credit/records/{record}/pleas", "plead", "信用", "提出异议，或者申请信用修复（仅本人）", a.plead)
	signed(b, "POST /credit/records/{record}/answer", "answerPlea", "信用", "答复异议和修复申请", a.answerPlea)

	created(b, "POST /cases/{case}/ratings", "rateCase", "好差评", "评价（办结后，仅申请人）", a.rate)
	signed(b, "GET /cases/{case}/ratings", "caseRatings", "好差评", "一个办件的评价", a.caseRatings)
	signed(b, "POST /cases/{case}/ratings/{seq}/answer", "answerRating", "好差评", "差评整改答复", a.answerRating)
	signed(b, "GET /ratings/waiting", "waitingRatings", "好差评", "等我评价的办件", a.waitingRatings)
	signed(b, "GET /ratings", "listRatings", "好差评", "部门或者区域收到的评价", a.listRatings)

	signed(b, "GET /indicators", "getIndicators", "效能监督", "一个区域近30天的效能指标，附分子分母", a.indicators)
	signed(b, "GET /alarms", "listAlarms", "效能监督", "现在的预警：规则、等级、原因", a.alarms)
	signed(b, "GET /alarm-rules", "listAlarmRules", "效能监督", "预警纠错规则：看什么、何时告诉谁", a.alarmRules)
	signed(b, "GET /notices", "listNotices", "效能监督", "发给我的提醒", a.notices)
	signed(b, "DELETE /notices/{notice}", "putAwayNotice", "效能监督", "处理完的提醒收起来", a.putAway)

	signed(b, "GET /certificates", "listCertificates", "证照", "我的证照", a.listCertificates)
	signed(b, "GET /certificates/{identifier}", "getCertificate", "证照", "证照详情（持证人和工作人员）", a.certificate)
	download(b, "GET /certificates/{identifier}/file", "getCertificateFile", "证照", "下载证照文件（OFD 或者 JSON）", a.certificateFile)
	public(b, "GET /certificates/{identifier}/verification", "verifyCertificate", "证照", "按电子证照标识核验", a.verify)
	check(b, "POST /certificates/verify-file", "verifyFile", "证照", "上传证照文件核验", a.verifyFile)

	signed(b, "GET /licences", "listLicences", "证照", "我的行业综合许可证（一业一证）", a.listLicences)
	signed(b, "GET /licences/{sheet}", "getLicence", "证照", "一份综合许可证和证上的各项许可（持证人和工作人员）", a.licence)
	signed(b, "GET /licences/{sheet}/editions", "listLicenceEditions", "证照", "综合许可证的历次版本：哪一项许可怎样变化", a.licenceEditions)
	public(b, "GET /licences/{sheet}/verification", "verifyLicence", "证照", "按证上的编码核验综合许可证和每一项许可", a.verifyLicence)

	public(b, "GET /halls/{hall}/lines", "listLines", "大厅", "大厅的队列：几人在等、约等多久", a.lines)
	public(b, "GET /halls/{hall}/slots", "listSlots", "大厅", "一天里可以预约的时段", a.slots)
	public(b, "GET /tickets/{ticket}", "getTicket", "大厅", "号票：前面还有几人", a.ticket)
	created(b, "POST /halls/{hall}/tickets", "drawTicket", "大厅", "取号", a.draw)
	signed(b, "POST /tickets/{ticket}/leave", "leaveTicket", "大厅", "放弃这个号", a.leaveTicket)
	signed(b, "POST /tickets/{ticket}/rejoin", "rejoinTicket", "大厅", "过号后回到队里", a.rejoinTicket)
	signed(b, "POST /counter/{act}", "counter", "大厅", "窗口叫号、重呼、开始、办完、过号、转队列或者窗口、过号的回到队里、指定窗口的改由本队列叫", a.counter)
	created(b, "POST /halls/{hall}/appointments", "book", "大厅", "预约（自愿，不预约也能取号）", a.book)
	signed(b, "GET /appointments", "listAppointments", "大厅", "我的预约", a.bookings)
	signed(b, "PATCH /appointments/{booking}", "changeAppointment", "大厅", "改预约的时间", a.changeBooking)
	signed(b, "DELETE /appointments/{booking}", "cancelAppointment", "大厅", "取消预约", a.cancelBooking)

	created(b, "POST /matters", "registerMatter", "帮办和反映", "反映办不成的事，请人帮办、代办；窗口可替来访人登记", a.registerMatter)
	signed(b, "GET /matters", "listMatters", "帮办和反映", "本人的，或者本窗口、本部门要办的", a.matters)
	signed(b, "GET /matters/{matter}", "getMatter", "帮办和反映", "一件事和它的办理记录", a.matter)
	signed(b, "POST /matters/{matter}/acts", "actOnMatter", "帮办和反映", "接办、转交、登记委托、记录、答复、不受理、回访、撤回", a.actOnMatter)

	signed(b, "GET /projects", "listProjects", "工程建设项目", "本单位的，或者本地、本部门参与的工程建设项目", a.projects)
	signed(b, "GET /projects/{project}", "getProject", "工程建设项目", "一个项目：各阶段、事项、联合事项、堵点、办件状态（1—15）", a.project)

	signed(b, "GET /relay", "listSlips", "材料交接", "纸质原件的交接单：本区域窗口移交的，或者移交本部门的", a.slips)
	created(b, "POST /relay", "giveOriginals", "材料交接", "把办件在窗口的纸质原件开一份交接单移交部门（窗口）", a.giveOriginals)
	signed(b, "GET /relay/{slip}", "getSlip", "材料交接", "一份交接单", a.slip)
	signed(b, "POST /relay/{slip}/receive", "receiveOriginals", "材料交接", "点清接收，缺件写明（接收部门）", a.receiveOriginals)
	signed(b, "POST /relay/{slip}/agree", "agreeMissing", "材料交接", "确认缺件（移交的窗口）", a.agreeMissing)
	signed(b, "GET /experts", "listExperts", "专家评审", "专家库（事项管理、审核、监督岗位）", a.listExperts)
	signed(b, "PUT /experts/{expert}", "putExpert", "专家评审", "登记、修改专家；标识写 new 为新增（事项管理岗位）", a.putExpert)
	signed(b, "GET /expert-reviews", "listExpertReviews", "专家评审", "本部门的，或者抽到本人的专家评审", a.expertReviews)
	created(b, "POST /cases/{case}/expert-review", "announceExperts", "专家评审", "公布抽取方案：候选名单、回避的人和理由、种子指纹；特别程序开始", a.announceExperts)
	signed(b, "GET /expert-reviews/{review}", "getExpertReview", "专家评审", "一次专家评审：抽取的全部数据，任何人可以核对", a.expertReview)
	signed(b, "GET /expert-reviews/{review}/materials", "listExpertMaterials", "专家评审", "评审材料（接受邀请的专家，评审结束以前）", a.expertMaterials)
	download(b, "GET /expert-reviews/{review}/files/{hash}", "getExpertMaterial", "专家评审", "下载一份评审材料", a.expertFile)
	signed(b, "POST /expert-reviews/{review}", "actOnExpertReview", "专家评审", "申请回避、无异议、决定回避、抽取、重新抽取、答复、通知、签署意见、汇总", a.actOnExpertReview)
	public(b, "GET /hearings", "listHearings", "听证公告", "公告的听证：将要举行的，或者已经结束的", a.listHearings)
	public(b, "GET /hearings/{hearing}", "getHearing", "听证公告", "一份听证公告：事由、时间、地点、报名办法、选定的发言人（已遮盖）", a.getHearing)
	created(b, "POST /hearings/{hearing}/signups", "signUpForHearing", "听证公告", "报名参加听证：发言或者旁听（本人；撤回后可以再报）", a.signUpForHearing)
	signed(b, "GET /hearings/{hearing}/signups", "listHearingSignups", "听证公告", "报名的人（组织听证的部门、监督部门）", a.hearingSignups)
	signed(b, "DELETE /hearings/{hearing}/signups", "withdrawFromHearing", "听证公告", "撤回自己的报名", a.withdrawFromHearing)
	signed(b, "POST /hearings/{hearing}/choices", "chooseForHearing", "听证公告", "选定参加人：发言、旁听或者没有选上（组织听证的部门）", a.chooseForHearing)
	signed(b, "POST /hearings/{hearing}/take-down", "takeDownSignup", "听证公告", "代没有账号的人报名（窗口、组织听证的部门）", a.takeDownSignup)
	signed(b, "POST /hearings/{hearing}/signups/{signup}/remove", "removeSignup", "听证公告", "取消一个报名，写明理由（组织听证的部门）", a.removeSignup)
	signed(b, "GET /hearing-demands", "listHearingDemands", "听证公告", "本人作为利害关系人的听证要求", a.listDemands)
	signed(b, "POST /hearing-demands", "demandHearing", "听证公告", "利害关系人要求听证：本人，或者窗口代来访人登记（行政许可法第四十七条）", a.demandHearing)
	signed(b, "POST /hearing-demands/objection", "objectAsConcerned", "听证公告", "申请主持人回避：本人，或者窗口代来访人登记（行政许可法第四十八条）", a.objectAsConcerned)
	signed(b, "GET /cases/{case}/hearing/others", "listConcerned", "听证公告", "一个办件的利害关系人（办理的部门）", a.listConcerned)
	signed(b, "POST /cases/{case}/hearing/others", "tellConcerned", "听证公告", "告知利害关系人可以要求听证（办理的部门）", a.tellConcerned)
	signed(b, "GET /visits", "listVisits", "联合踏勘", "本部门的联合踏勘", a.listVisits)
	signed(b, "GET /visits/{visit}", "getVisit", "联合踏勘", "一次联合踏勘：哪一天、看什么、各部门的结论", a.visit)
	signed(b, "POST /visits/{visit}", "actOnVisit", "联合踏勘", "同意时间、请求改期、改期（召集人）、作出本部门的结论", a.actOnVisit)

	public(b, "GET /companies", "listCompanyNotices", "企业登记簿", "公示中的企业：拟简易注销、正在清算、歇业", a.companyNotices)
	public(b, "GET /companies/{company}", "getCompany", "企业登记簿", "一家公司的登记事项、状态、记录，能办和不能办的事及原因", a.company)
	signed(b, "POST /companies/{company}/acts", "actOnCompany", "企业登记簿", "公示终止歇业、简易注销公示、清算公告、撤销公示（本公司），提出异议（利害关系人、部门）", a.actOnCompany)

	created(b, "POST /parcels", "takeElsewhere", "异地办理", "代收：窗口为外地收件，或者本人全程网办", a.takeElsewhere)
	signed(b, "GET /parcels", "listElsewhere", "异地办理", "本人的，或者本窗口代收、外地代收由本地办的", a.parcels)
	signed(b, "GET /parcels/{parcel}", "getElsewhere", "异地办理", "一件代收件：两个地方、两个时限、现在由谁负责", a.parcel)
	signed(b, "POST /parcels/{parcel}/acts", "actElsewhere", "异地办理", "转送、代收补正材料、发放结果、撤回", a.actElsewhere)

	signed(b, "GET /agencies/{agency}/deputies", "listDeputies", "首席代表", "一个部门授权首席代表在窗口办理的事项（本部门工作人员）", a.listDeputies)
	created(b, "POST /agencies/{agency}/deputies", "depute", "首席代表", "授权首席代表在窗口审查、决定（本部门负责人）", a.depute)
	signed(b, "DELETE /deputies/{deputation}", "recallDeputation", "首席代表", "收回授权（本部门负责人）", a.recallDeputation)

	signed(b, "GET /standins", "listStandIns", "AB岗", "谁不在岗、由谁代岗：与本人有关的，负责人看本部门的", a.listStandIns)
	created(b, "POST /standins", "arrangeStandIn", "AB岗", "安排代岗（本人、本部门负责人、系统管理员）", a.arrangeStandIn)
	signed(b, "POST /standins/{standin}/end", "endStandIn", "AB岗", "已回岗，结束代岗（本人、本部门负责人、系统管理员）", a.endStandIn)

	public(b, "GET /agencies", "listAgencies", "机构与日历", "部门清单", a.listAgencies)
	public(b, "GET /agencies/{agency}", "getAgency", "机构与日历", "一个部门", a.agency)
	public(b, "GET /regions/{code}", "getRegion", "机构与日历", "一个区划和它的下级", a.region)
	public(b, "GET /calendars/{year}", "getCalendar", "机构与日历", "一年的放假和调休安排", a.calendarYear)

	b.finish(mux, a.Address)
	return mux
}

// handler is what an operation does: who asks, and for what.
type handler[I, O any] func(ctx context.Context, by identity.Actor, in *I) (O, error)
