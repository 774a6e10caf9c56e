package themes

import (
	"slices"
	"strings"

	"tongban/internal/catalogue/items"
)

// generic are names that say nothing about what the paper is: two of them are
// two papers.
func generic(kind string) bool {
	return slices.Contains([]string{"其他材料", "相关材料", "证明材料", "其他", "承诺书", "承诺函", "申请材料", "情况说明", "说明", "材料", "受理通知书", "通知书", "决定书", "审核结果回复", "批准文件", "许可证", "回执", "登记通知书"}, kind)
}

// asksForForm reports whether a material is a form of application, which the
// one form of the theme takes the place of.
func asksForForm(name string) bool {
	bare, _ := items.Brackets(name)
	bare = items.Tidy(bare)
	return strings.HasSuffix(bare, "申请表") || strings.HasSuffix(bare, "申请书") || strings.HasSuffix(bare, "申报表")
}
