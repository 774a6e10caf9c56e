package main

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/alecthomas/kong"
)

// parse reads the command line; what is wrong with it is said in Chinese, and the
// program ends with 80 as such programs do.
func parse(arguments []string) *kong.Context {
	parser := kong.Must(&commands, kong.Name("tongban"), kong.Description("通办：一体化政务服务平台"),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	parser.Model.HelpFlag.Help = "列出用法"
	ctx, err := parser.Parse(arguments)
	if err == nil {
		return ctx
	}
	fmt.Fprintf(parser.Stderr, "tongban: %s；用法请看 tongban --help，或者在命令后加 --help\n", wrongly(err.Error()))
	parser.Exit(80)
	return nil
}

// mistakes are the mistakes that people make on a command line, in words.
var mistakes = []struct {
	said *regexp.Regexp
	say  string
}{
	{regexp.MustCompile(`^unexpected argument (.+), did you mean (.+)\?$`), "没有“$1”这个命令或者参数，是不是要写 $2"},
	{regexp.MustCompile(`^unexpected argument (.+)$`), "没有“$1”这个命令或者参数"},
	{regexp.MustCompile(`^unknown flag (.+), did you mean (.+)\?$`), "没有 $1 这个选项，是不是要写 $2"},
	{regexp.MustCompile(`^unknown flag (.+)$`), "没有 $1 这个选项"},
	{regexp.MustCompile(`^missing flags: (.+)$`), "还要写明 $1"},
	{regexp.MustCompile(`^expected one of (.+)$`), "还要写明做什么：$1"},
	{regexp.MustCompile(`^expected "(.+)"$`), "还要写明 $1"},
	{regexp.MustCompile(`^(?:.+: )?stat (.+): no such file or directory$`), "没有“$1”这个文件或者文件夹，请检查路径"},
	{regexp.MustCompile(`^(?:.+: )?"(.+)" exists but is a directory$`), "“$1”是文件夹，这里要写文件"},
	{regexp.MustCompile(`^(?:.+: )?"(.+)" exists but is not a directory$`), "“$1”是文件，这里要写文件夹"},
	{regexp.MustCompile(`^(.+): (?:missing value, expecting .*|expected .+ but got "EOL" .*)$`), "$1 后面没有写值"},
	{regexp.MustCompile(`^(.+): expected .+ but got "(-.+)" \(.+$`), "$1 的值 $2 不能用：要写不小于 0 的数"},
	{regexp.MustCompile(`^(.+): expected duration but got "(.*?)": .+$`), "$1 的值 \"$2\" 读不懂，请写成 30s、5m 的样子"},
	{regexp.MustCompile(`^(.+) must be one of (.+) but got (.+)$`), "$1 不能写 $3，只能是 $2 中的一个"},
	{regexp.MustCompile(`^(.+): expected an? (?:valid \d+ bit )?(?:int|uint|float|duration) but got (.+?)(?: \(.+)?$`), "$1 的值 $2 读不懂，请写数字，时长写成 30s、5m 的样子"},
}

func wrongly(said string) string {
	said = strings.ReplaceAll(said, " ...", "")
	for _, m := range mistakes {
		if m.said.MatchString(said) {
			return m.said.ReplaceAllString(said, m.say)
		}
	}
	return "命令写得不对（" + said + "）"
}
