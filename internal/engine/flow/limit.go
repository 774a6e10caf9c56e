package flow

// A Limit is the time allowed for a step.
type Limit struct {
	N    int    `json:"n"`
	Unit string `json:"unit"`
}
