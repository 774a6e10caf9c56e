package sqldb

// Walk shows everything that page lists, a page after another: those that follow a
// key, the first ones after the zero K. It ends with the first fault of either.
func Walk[K, T any](page func(after K) ([]T, error), key func(T) K, see func(T) error) error {
	var after K
	for {
		all, err := page(after)
		if err != nil || len(all) == 0 {
			return err
		}
		for _, one := range all {
			if err := see(one); err != nil {
				return err
			}
		}
		after = key(all[len(all)-1])
	}
}
