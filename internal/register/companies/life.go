package companies

import "slices"

// An Act is one thing done in the life of a company.
type Act string

// The acts. The first are results of cases; the notices are the company's own;
// the last come by themselves.
const (
	Found       Act = "found"        // 设立登记
	Enter       Act = "enter"        // taken over from the earlier register
	Seal        Act = "seal"         // 公章刻制
	Tax         Act = "tax"          // 税务报到、领用发票
	Social      Act = "social"       // 社保登记
	Fund        Act = "fund"         // 公积金缴存登记
	Bank        Act = "bank"         // 银行预约开户
	Change      Act = "change"       // 变更登记
	TakeRest    Act = "rest"         // 歇业备案
	ClearTax    Act = "clear-tax"    // 清税
	EndSocial   Act = "end-social"   // 社保注销登记
	EndFund     Act = "end-fund"     // 公积金销户
	Close       Act = "close"        // 注销登记（一般程序）
	CloseSimply Act = "close-simply" // 简易注销登记

	Resume    Act = "resume"    // 公示终止歇业
	Announce  Act = "announce"  // 简易注销公示
	Liquidate Act = "liquidate" // 清算组和债权人公告
	Object    Act = "object"    // 提出异议
	Abandon   Act = "abandon"   // 撤销注销公示

	Ask    Act = "ask"    // a simple ending was applied for within its time
	Unask  Act = "unask"  // and came to nothing
	Awake  Act = "awake"  // 歇业到期，自动恢复
	Lapse  Act = "lapse"  // 公示期满逾期未申请
	Strike Act = "strike" // 吊销营业执照
)

// A Row of the table says from which states an act leads where; "" stays.
type Row struct {
	Act   Act
	Han   string
	From  []State
	To    State
	Basis string // article it rests on
	Own   bool   // the company does it itself, on its page
}

var alive = []State{Running, Resting, Closing}

// Life is the table of the life of a company. Guards, buttons, refusals and the
// drawing of it all come from it.
var Life = []Row{
	{Found, "设立登记", []State{Unborn}, Running, "《中华人民共和国市场主体登记管理条例》第三条", false},
	{Enter, "由原登记簿转入", []State{Unborn}, Running, "", false},
	{Seal, "公章刻制备案", []State{Running, Resting}, "", "", false},
	{Tax, "税务报到和发票领用", []State{Running, Resting}, "", "", false},
	{Social, "社会保险登记", []State{Running, Resting}, "", "《中华人民共和国社会保险法》第五十七条", false},
	{Fund, "住房公积金缴存登记", []State{Running, Resting}, "", "《住房公积金管理条例》第十四条", false},
	{Bank, "银行预约开户", []State{Running, Resting}, "", "", false},
	{Change, "变更登记", []State{Running, Resting}, "", "《中华人民共和国市场主体登记管理条例实施细则》第三十一条", false},
	{TakeRest, "歇业备案", []State{Running, Resting}, Resting, "《中华人民共和国市场主体登记管理条例》第三十条", false},
	{Resume, "公示终止歇业", []State{Resting}, Running, "《中华人民共和国市场主体登记管理条例实施细则》第四十二条", true},
	{Awake, "歇业到期，视为恢复经营", []State{Resting}, Running, "《中华人民共和国市场主体登记管理条例实施细则》第四十二条", false},
	{Announce, "简易注销公示", []State{Running, Resting}, Closing, "《中华人民共和国市场主体登记管理条例》第三十三条", true},
	{Liquidate, "清算组和债权人公告", []State{Running, Resting, Struck}, Closing, "《中华人民共和国市场主体登记管理条例》第三十二条", true},
	{Object, "提出异议", []State{Closing}, "", "《中华人民共和国市场主体登记管理条例》第三十三条", false},
	{Abandon, "撤销注销公示", []State{Closing}, "", "", true},
	{Lapse, "公示期满后逾期未申请，公示失效", []State{Closing}, "", "《中华人民共和国市场主体登记管理条例实施细则》第四十九条", false},
	{Ask, "申请简易注销登记", []State{Closing}, "", "《中华人民共和国市场主体登记管理条例实施细则》第四十九条", false},
	{Unask, "简易注销申请没有办成", []State{Closing}, "", "", false},
	{ClearTax, "清税", []State{Running, Resting, Closing, Struck}, "", "", false},
	{CloseSimply, "简易注销登记", []State{Closing}, Gone, "《中华人民共和国市场主体登记管理条例》第三十三条", false},
	{Close, "注销登记", []State{Closing}, Gone, "《中华人民共和国市场主体登记管理条例》第三十一条", false},
	{EndSocial, "社会保险注销登记", []State{Running, Resting, Closing, Struck, Gone}, "", "", false},
	{EndFund, "住房公积金账户注销", []State{Running, Resting, Closing, Struck, Gone}, "", "", false},
	{Strike, "吊销营业执照", alive, Struck, "", false},
}

// RowOf is the row of an act; the zero Row for one that does not exist.
func RowOf(act Act) Row {
	i := slices.IndexFunc(Life, func(r Row) bool { return r.Act == act })
	if i < 0 {
		return Row{}
	}
	return Life[i]
}

// Han is the act in the words of the register.
func (a Act) Han() string { return RowOf(a).Han }

// Opening are the steps by which a new company becomes able to work (开办).
func Opening() []Act { return []Act{Found, Seal, Tax, Social, Fund, Bank} }
