import { expect, test } from '@jest/globals';
import { InvalidNotificationsOptions, NotificationsOptions } from './notifications-options.js';

test('without a mail server, e-mail stays in memory', () => {
  expect(NotificationsOptions.fromEnvironment({}).smtpUrl).toBeUndefined();
  expect(NotificationsOptions.fromEnvironment({ SMTP_URL: '' }).smtpUrl).toBeUndefined();
});

test('the mail server and the sender come from the environment', () => {
  const SMTP_URL = 'smtps://shop:p%40ss@mail.example:465';

  expect(NotificationsOptions.fromEnvironment({ SMTP_URL, MAIL_FROM: 'Shop <shop@shop.example>' })).toEqual({
    smtpUrl: SMTP_URL,
    mailFrom: 'Shop <shop@shop.example>',
  });
});

test.each(['mail.example', 'http://user:hunter2@mail.example', 'smtp://', 'smtp://user:hunter2@'])(
  '%j is no mail server, and the error does not repeat it',
  (SMTP_URL) => {
    const reading = () => NotificationsOptions.fromEnvironment({ SMTP_URL });

    expect(reading).toThrow(InvalidNotificationsOptions);
    expect(reading).toThrow(expect.not.objectContaining({ message: expect.stringContaining('hunter2') }));
  },
);

test.each(['shop', 'Shop <shop@shop.example>\r\nBcc: x@y.example'])('%j is no sender', (MAIL_FROM) => {
  expect(() => NotificationsOptions.fromEnvironment({ MAIL_FROM })).toThrow(InvalidNotificationsOptions);
});
