package page

import (
	"net/http"

	"tongban/internal/ground/fault"
)

// hungUp is what the figures say of an answer that nobody waited for, as nginx does.
const hungUp = 499

// Status is the one place where a kind of fault becomes an HTTP status.
func Status(err error) int {
	switch fault.Of(err) {
	case fault.Invalid:
		return http.StatusUnprocessableEntity
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Forbidden:
		return http.StatusForbidden
	case fault.Conflict:
		return http.StatusConflict
	case fault.SignIn:
		return http.StatusUnauthorized
	case fault.TooOften:
		return http.StatusTooManyRequests
	case fault.TooLarge:
		return http.StatusRequestEntityTooLarge
	case fault.Busy:
		return http.StatusServiceUnavailable
	}
	if fault.Left(err) {
		return hungUp
	}
	return http.StatusInternalServerError
}

// title names a status for a problem answer, in Chinese.
func title(status int) string {
	switch status {
	case http.StatusUnprocessableEntity:
		return "内容需要修改"
	case http.StatusNotFound:
		return "没有找到"
	case http.StatusForbidden:
		return "没有权限"
	case http.StatusConflict:
		return "内容已有变化"
	case http.StatusUnauthorized:
		return "请先登录"
	case http.StatusTooManyRequests:
		return "操作太频繁"
	case http.StatusRequestEntityTooLarge:
		return "内容太大"
	case http.StatusServiceUnavailable:
		return "暂时繁忙"
	}
	return "这一步没有成功"
}
