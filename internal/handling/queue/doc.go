// Package queue lets people wait for a counter without standing in line
// (排队叫号) and come at a time they chose (预约). Tickets are drawn for a line of
// a hall, a phone or kiosk or the reception draws them, and a window calls the
// next. An appointment is offered and never demanded: whoever just comes is
// served the same day (徐政发〔2022〕21号（十八）; 苏协调小组〔2021〕1号: 主题叫号).
package queue
