package main

import (
	"encoding/json"
	"fmt"
	"math/big"
)

// Money as it is on the wire. Amounts have any size, so they travel as decimal digits in a string.
type Money struct {
	AmountMinor string `json:"amountMinor"`
	Currency    string `json:"currency"`
}

// OrderToScore has what is known of an order before anybody pays for it.
type OrderToScore struct {
	OrderID string  `json:"orderId"`
	Country *string `json:"country"`
	// Payer is "account" or "card".
	Payer  string  `json:"payer"`
	Total  Money   `json:"total"`
	Pieces float64 `json:"pieces"`
}

// FraudScore goes from 0, which is harmless, to 100.
type FraudScore struct {
	Score   int      `json:"score"`
	Reasons []string `json:"reasons"`
}

var largeTotalMinor = big.NewInt(1_000_000)

const manyPieces = 1_000

// points by who pays: what an account pays is paid by somebody whom the shop knows.
var points = map[string]map[string]int{
	"large-total": {"account": 15, "card": 50},
	"many-pieces": {"account": 15, "card": 30},
	"no-country":  {"account": 5, "card": 10},
}

// scoreOrder has the rules of @macrolith/fraud/local. The argument has been held against its schema.
func scoreOrder(argument []byte) (any, error) {
	var order OrderToScore
	if err := json.Unmarshal(argument, &order); err != nil {
		return nil, err
	}
	totalMinor, ok := new(big.Int).SetString(order.Total.AmountMinor, 10)
	if !ok {
		return nil, fmt.Errorf("%q is no amount", order.Total.AmountMinor)
	}
	if totalMinor.Sign() < 0 {
		return nil, &DeclaredError{
			Code:    "fraud.negative-total",
			Message: fmt.Sprintf("Order %s costs less than nothing, and cannot be scored.", order.OrderID),
			Fields:  map[string]any{"orderId": order.OrderID, "total": order.Total},
		}
	}
	scored := FraudScore{Reasons: []string{}}
	for _, rule := range []struct {
		reason string
		holds  bool
	}{
		{"large-total", totalMinor.Cmp(largeTotalMinor) >= 0},
		{"many-pieces", order.Pieces >= manyPieces},
		{"no-country", order.Country == nil},
	} {
		if rule.holds {
			scored.Score += points[rule.reason][order.Payer]
			scored.Reasons = append(scored.Reasons, rule.reason)
		}
	}
	scored.Score = min(scored.Score, 100)
	return scored, nil
}
