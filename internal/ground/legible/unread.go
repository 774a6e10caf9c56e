package legible

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"tongban/internal/ground/fault"
)

// Unread is refused with where and why a text of YAML or JSON could not be read, as
// far as err tells.
func Unread(refused *fault.Error, err error) *fault.Error {
	at, ok := errors.AsType[yaml.Error](err)
	if !ok || at.GetToken() == nil {
		return refused
	}
	p := at.GetToken().Position
	return refused.At(fmt.Sprintf("第%d行第%d列", p.Line, p.Column), refused.Code, "%s", why(at))
}

func why(err yaml.Error) string {
	word := fmt.Sprintf("“%.40s”", strings.TrimSpace(err.GetToken().Value))
	switch e := err.(type) {
	case *yaml.UnknownFieldError:
		return "不认识" + word + "这一项，请检查写法"
	case *yaml.TypeError:
		return word + "不对，这里应是" + kindOf(e.DstType)
	case *yaml.OverflowError:
		return word + "这个数太大"
	case *yaml.UnexpectedNodeTypeError:
		return "这里应是" + nodeOf(e.Expected)
	}
	if strings.HasPrefix(err.GetMessage(), "mapping key") {
		return word + "写了两次，请只留一处"
	}
	return "这附近的缩进、冒号或者引号不对"
}

func kindOf(t reflect.Type) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch k := t.Kind(); {
	case k == reflect.Bool:
		return " true 或者 false"
	case k >= reflect.Int && k <= reflect.Uint64:
		return "整数"
	case k == reflect.Float32 || k == reflect.Float64:
		return "数"
	case k == reflect.Slice || k == reflect.Array:
		return "列表"
	case k == reflect.String:
		return "文字"
	}
	return "分项写的内容"
}

func nodeOf(t ast.NodeType) string {
	switch t {
	case ast.SequenceType:
		return "列表"
	case ast.MappingType, ast.MappingValueType:
		return "分项写的内容"
	}
	return "一个值"
}
