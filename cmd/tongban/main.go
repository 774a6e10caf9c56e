// Command tongban is the whole platform in one program: it serves, and it
// proves what it has served.
package main

import (
	"errors"
	"os"
)

// commands are what the program can be told to do, one file each.
var commands struct {
	Serve   serve     `cmd:"" help:"启动平台"`
	Audit   audit     `cmd:"" help:"由事实重算每个办件的状态、时钟和文书，核对记录链"`
	Check   check     `cmd:"" help:"体检事项文件，不需要数据库"`
	Compose compose   `cmd:"" help:"推算一件事：一张表、一套材料、办理安排和减少的环节，不需要数据库"`
	Import  importing `cmd:"" help:"导入事项；先核对，加 --apply 才导入"`
	Export  export    `cmd:"" help:"导出事项为工作簿、YAML 或者 JSON"`
	Clock   clocking  `cmd:"" help:"一个办件的每个时限何日届满、因何届满，逐段列出计入和不计入的时间"`
	Replay  replay    `cmd:"" help:"重演一个办件的自动审查和自动决定，在哪台机器上结果都一样"`
	Verify  verify    `cmd:"" help:"离线核验证照文件、存证凭据和归档封装包"`
	Archive archiving `cmd:"" help:"移交档案：已归档的办件一件一个封装包，可以离线核验"`
	Backup  backingUp `cmd:"" help:"备份：运行中即可进行，一个文件含全部数据、附件和密钥环（不含主密钥）"`
	Restore restoring `cmd:"" help:"恢复：把备份装入空的数据库和新的数据目录，可以换机器、换数据库，随后核对"`
	Keys    keyring   `cmd:"" help:"密钥：查看，更换"`
	Thin    thin      `cmd:"" hidden:"" help:"测速用的对照服务"`
	Bench   benchmark `cmd:"" help:"在临时的示例城市里测量办理全程的速度，并核对结果"`
}

func main() {
	if err := parse(os.Args[1:]).Run(); err != nil {
		os.Stderr.WriteString("tongban: " + said(err).Error() + "\n")
		if code, ok := errors.AsType[exit](err); ok {
			os.Exit(int(code))
		}
		os.Exit(1)
	}
}
