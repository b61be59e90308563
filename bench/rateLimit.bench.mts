import { benchmark, toSeconds } from './benchmark.mts';
import { READERS, sendMessages } from './contenders.mts';

const RECIPIENTS = 1_000;
const LIMIT = { rateLimit: { requests: 50, seconds: 1 } };

benchmark('rateLimit', async ({ harness, credential, reset, measure, save }) => {
	for (const [name, read] of Object.entries(READERS)) {
		await reset(300, LIMIT);
		const { result, requests, wallMs } = await measure(
			async () => await read(harness, credential, 300),
		);
		save(`300 reads at 50 requests per second, ${name}`, {
			'successful reads': result.length,
			requests,
			seconds: toSeconds(wallMs),
		});
	}
	await reset(1, LIMIT);
	const { result, requests, wallMs } = await measure(
		async () => await sendMessages(harness, RECIPIENTS),
	);
	save(`${RECIPIENTS} messages at 50 per second, 10 at a time`, {
		accepted: result.length,
		requests,
		seconds: toSeconds(wallMs),
		'seconds at least': RECIPIENTS / LIMIT.rateLimit.requests,
	});
});
