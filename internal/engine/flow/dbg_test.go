package flow_test

import (
	"encoding/json"
	"fmt"
)

func dump(d any) string { b, _ := json.Marshal(d); return string(b) }

var _ = fmt.Sprint
