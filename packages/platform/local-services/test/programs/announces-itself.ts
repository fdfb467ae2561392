/** Says that it is ready, answers SIGTERM with code 7, and ends by itself when it is told so. */
if (process.env.REFUSES === 'true') {
  process.stderr.write('There is no soil here.\n');
  process.exit(3);
}
process.on('SIGTERM', () => process.exit(7));
process.on('message', () => process.exit(0));
process.send?.({ ready: `${process.env.NODE_OPTIONS}|${process.env.FLOWER}` });
