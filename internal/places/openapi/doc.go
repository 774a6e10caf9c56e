// Package openapi is every act of the platform as JSON (开放接口): the same
// services as the pages, judged by the same rules, described by OpenAPI 3.1 at
// /api/v1/openapi.json and, for people, at /api.
//
// Who calls shows a bearer token that POST /sessions gave; the cookie of a
// browser is not heard here. What is refused is told as problem details
// (RFC 9457) with the fault's stable code. Lists go on at the cursor "next".
// Every act that creates or moves something takes an Idempotency-Key: asked
// again, it does nothing again.
package openapi
