package openapi

// perPage is how many answers a page has whose caller does not say.
const perPage = 50

// list is a page of answers.
type list[V any] struct {
	Items []V    `json:"items" doc:"本页内容"`
	Next  string `json:"next,omitempty" doc:"下一页的游标：放进 after 参数；没有即已到末页"`
}

// listed is all of something, each as view shows it.
func listed[T, V any](all []T, view func(T) V) list[V] {
	l := list[V]{Items: make([]V, len(all))}
	for i, one := range all {
		l.Items[i] = view(one)
	}
	return l
}

// paged is a page of something: one that is full leads to the next, after its last.
func paged[T, V any](all []T, view func(T) V, limit int, cursor func(T) string) list[V] {
	l := listed(all, view)
	if n := len(all); n > 0 && n == limit {
		l.Next = cursor(all[n-1])
	}
	return l
}
