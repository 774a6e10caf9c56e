package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"tongban/internal/app"
	"tongban/internal/civic/calendar"
	"tongban/internal/ground/secret"
)

// keyring shows the keys of the platform, and replaces them while it runs.
type keyring struct {
	Show   showKeys   `cmd:"" help:"列出密钥（不显示内容）和换密钥的进度"`
	Rotate rotateKeys `cmd:"" help:"换密钥：运行中即可进行，不停机"`
}

// showKeys lists keys and how far sealing anew has come.
type showKeys struct{ place }

// Run prints the list.
func (c *showKeys) Run() error {
	if _, err := os.Stat(filepath.Join(c.Data, "keys")); err != nil {
		return err
	}
	ctx := context.Background()
	a, err := c.open(ctx, "")
	if err != nil {
		return err
	}
	defer a.Close()
	all, err := a.Keys.Keys()
	if err != nil {
		return err
	}
	for _, k := range all {
		note := ""
		if k.Current {
			note = "  正在使用"
		}
		if k.Late {
			note += "  主密钥更换没有做完，请再运行 tongban keys rotate --master"
		}
		fmt.Printf("%-6s %-40s %s%s\n", kinds[k.Kind], k.Name, k.Made.In(calendar.Zone).Format(time.DateTime), note)
	}
	return progress(ctx, a)
}

var kinds = map[string]string{"field": "数据", "sign": "签名", "index": "查找"}

func progress(ctx context.Context, a *app.App) error {
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

// rotateKeys makes the next field key, or the next master key.
type rotateKeys struct {
	Data   string        `help:"数据目录" default:"./tongban-data" env:"TONGBAN_DATA" type:"existingdir"`
	Master bool          `help:"换主密钥：重新包裹其余密钥；不写则换数据密钥"`
	Settle time.Duration `help:"换主密钥时，等正在新建密钥的实例多久" default:"10s"`
}

// Run needs no database: running replicas take up what it made.
func (c *rotateKeys) Run() error {
	keys := filepath.Join(c.Data, "keys")
	if _, err := os.Stat(filepath.Join(keys, "master.key")); err != nil {
		return fmt.Errorf("没有密钥环：%w", err)
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
	if err := ring.Rotate(); err != nil {
		return err
	}
	fmt.Printf("数据密钥已换到第%d代；运行中的实例几秒内改用它，并在后台把旧数据重新加密，进度见 tongban keys show\n旧的一代继续用来打开记录链里的内容，请勿删除；请马上做一次备份\n", ring.Generation())
	return nil
}
