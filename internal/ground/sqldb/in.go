package sqldb

import "context"

// In is what stands after IN for a set of keys, and its arguments: ($1, $2, …).
// Sets of about the same size have the same text, so that all stay prepared. The
// set must not be empty.
func In[T ~string](keys []T) (text string, args []any) {
	places := 1
	for places < len(keys) {
		places *= 2
	}
	args = make([]any, places)
	for i := range args {
		args[i] = string(keys[min(i, len(keys)-1)])
	}
	return marks(1, places), args
}

// Keys is the set of what a query of one column answers.
func Keys[T ~string](ctx context.Context, db *DB, query string, args ...any) (map[T]bool, error) {
	all := map[T]bool{}
	return all, db.Each(ctx, func(scan func(...any) error) error {
		var key string
		err := scan(&key)
		all[T(key)] = true
		return err
	}, query, args...)
}

// Column is what a query of one column answers, in its order.
func Column[T ~string](ctx context.Context, db *DB, query string, args ...any) ([]T, error) {
	return Rows(ctx, db, func(scan func(...any) error) (T, error) {
		var one string
		err := scan(&one)
		return T(one), err
	}, query, args...)
}
