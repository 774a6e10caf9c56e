package main

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"tongban/internal/app"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/secret"
)

// keyring shows the keys of the platform, and replaces them while it runs.
type keyring struct {
	Show   showKeys   `cmd:"" help:"列出密钥（不显示内容）和换密钥的进度"`
	Rotate rotateKeys `cmd:"" help:"换密钥：运行中即可进行，不停机"`
	Retire retireKeys `cmd:"" help:"换完以后删去旧的一代：查找、根证书、协作平台的密钥"`
}

// showKeys lists keys and how far sealing anew has come.
type showKeys struct {
	place
	Seals bool `help:"也逐把列出印章的密钥"`
}

// Run prints the list.
func (c *showKeys) Run() error {
	ctx := context.Background()
	a, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer a.Close()
	all, err := a.Keys.Keys()
	if err != nil {
		return err
	}
	c.list(all)
	return progress(ctx, a)
}

// list prints a line a key; those of seals, of which there are hundreds, in one line.
func (c *showKeys) list(all []secret.Key) {
	seals := 0
	for _, k := range all {
		if strings.HasPrefix(k.Name, "seal-") && !k.Late && !c.Seals {
			seals++
			continue
		}
		note := ""
		if k.Current {
			note = "  正在使用"
		}
		if k.Late {
			note += "  主密钥更换没有做完，请再运行 tongban keys rotate --master"
		}
		fmt.Printf("%s %-40s %s%s\n", cmp.Or(secret.Series(k.Kind).Say(), "签名密钥"), k.Name, k.Made.In(calendar.Zone).Format(time.DateTime), note)
	}
	if seals > 0 {
		fmt.Printf("签名密钥 印章的%d把（逐把列出：--seals）\n", seals)
	}
}

func progress(ctx context.Context, a *app.App) error {
	used, err := a.Rekey.Generations(ctx)
	if err != nil {
		return err
	}
	for _, g := range used {
		note := ""
		if g.Newest > g.Generation {
			note = fmt.Sprintf("；第%d代已经做好，等各实例都知道", g.Newest)
		}
		fmt.Printf("%s  正在使用第%d代%s\n", g.Series.Say(), g.Generation, note)
	}
	all, err := a.Rekey.Progress(ctx)
	if err != nil {
		return err
	}
	for _, p := range all {
		state := fmt.Sprintf("进行中，已看过%d行", p.Rows)
		if p.Finished {
			state = "已全部使用这一代"
		}
		fmt.Printf("%-40s 第%d代  %s\n", p.Name, p.Generation, state)
	}
	return nil
}

// rotateKeys makes the next key of a series, or the next master key.
type rotateKeys struct {
	Data   string        `help:"数据目录" default:"./tongban-data" env:"TONGBAN_DATA" type:"existingdir"`
	Master bool          `help:"换主密钥：重新包裹其余密钥"`
	Key    secret.Series `help:"换哪一种：field 数据，index 查找，marks 标记，partners 与协作平台往来，city-root 根证书" enum:"field,index,marks,partners,city-root" default:"field"`
	Settle time.Duration `help:"换主密钥时，等正在新建密钥的实例多久" default:"10s"`
}

// Run needs no database: running replicas take up what it made.
func (c *rotateKeys) Run() error {
	keys := filepath.Join(c.Data, "keys")
	if _, err := os.Stat(filepath.Join(keys, "master.key")); err != nil {
		return fmt.Errorf("%s 里没有密钥环（%w）：请用 --data 写明 tongban serve 所用的数据目录", c.Data, onDisk(err))
	}
	ring, err := secret.Open(keys)
	if err != nil {
		return err
	}
	if c.Master {
		n, err := ring.RotateMaster(c.Settle)
		if err != nil {
			return fmt.Errorf("主密钥更换没有做完，请再运行一次接着做：%w", err)
		}
		fmt.Printf("主密钥已更换，%d个密钥已重新包裹；运行中的实例不用重启\n请马上把新的 %s 另存两份；更换之前的备份仍要用原来那一份才能打开，请保留到那些备份作废\n", n, filepath.Join(keys, "master.key"))
		return nil
	}
	n, err := ring.Rotate(c.Key)
	if err != nil {
		return err
	}
	fmt.Printf("%s已做好第%d代；各实例都知道以后（不到一分钟）改用它，%s，进度见 tongban keys show 和“系统管理 → 运行”\n请马上做一次备份\n", c.Key.Say(), n, rotated[c.Key])
	return nil
}

// rotated is what becomes of what the old key made.
var rotated = map[secret.Series]string{
	secret.Field:    "并在后台把旧数据重新加密；旧的一代继续用来打开记录链里的内容，请勿删除",
	secret.Index:    "并在后台重算查找值；完成以后用 tongban keys retire index 删去旧的一代",
	secret.Marks:    "旧的一代继续用来核对已经出具的文书和记录，请勿删除",
	secret.Partners: "每份报文带着旧的一代为它的签名，对方收到就改认；请送一次对账单让各方当天改认，再用 tongban keys retire partners 删去旧的一代",
	secret.Root:     "并在后台逐枚换发印章；旧根证书签发的照旧核验，完成以后用 tongban keys retire city-root 删去旧的私钥",
}

// retireKeys takes the keys of older generations out of the ring.
type retireKeys struct {
	place
	Key secret.Series `arg:"" name:"密钥" help:"index 查找，partners 与协作平台往来，city-root 根证书" enum:"index,partners,city-root"`
}

// Run refuses while anything still needs them.
func (c *retireKeys) Run() error {
	ctx := context.Background()
	a, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer a.Close()
	gone, err := a.RetireKeys(ctx, c.Key)
	if err != nil {
		return err
	}
	fmt.Printf("已删去%d个旧密钥；用它们的实例几秒内不再用。请马上做一次备份，较早的备份里仍有它们\n", gone)
	return nil
}
