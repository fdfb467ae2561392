export const whole = 1;

export const half = {
