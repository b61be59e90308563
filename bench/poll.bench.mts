import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { flow } from '../test/mock-api/accounts.mts';
import { KaleyraMock } from '../test/mock-api/KaleyraMock.mts';
import { benchmark, getSpread } from './benchmark.mts';
import { getFlowIds } from './flowIds.mts';
import { createWorkflow, PACKAGE, withN8n } from './realN8n.mts';

// From the first request of a poll that finds one change to the first request of the next node: the trigger, beside
// n8n's RSS Feed Trigger with a feed of as many entries. n8n polls every minute.

const ENTRIES = 1_000;
const ROUNDS = 5;
const DAY_MS = 86_400_000;
/** More than a poll takes. */
const FIRST_POLL_MS = 5_000;
const CREDENTIAL = { id: 'kaleyraMockApi01', name: 'Kaleyra mock API' };
const POLL_TIMES = { item: [{ mode: 'everyMinute' }] };

/** Later than any other entry, whenever n8n reads the feed. */
const FIRST_CHANGE = Date.now() + DAY_MS;

/** @param changes so many entries have changed, each later than the one before */
function createFeed(changes: number): string {
	const items = getFlowIds(ENTRIES).map((id, index) => {
		const date = new Date(index < changes ? FIRST_CHANGE + index * DAY_MS : 0).toUTCString();
		return `<item><title>Flow ${id}</title><guid>${id}</guid><pubDate>${date}</pubDate></item>`;
	});
	return `<rss version="2.0"><channel><title>Flows</title>${items.join('')}</channel></rss>`;
}

benchmark('poll', async ({ save }) => {
	const mockApi = await KaleyraMock.start();
	const { sid, wabaId } = mockApi.credential;
	let changes = 0;
	let feed = '';
	/** When the change was first read, by workflow. */
	const readAt = new Map<string, number>();
	const setReadAt = (workflow: string) => {
		if (!readAt.has(workflow)) readAt.set(workflow, performance.now());
	};
	let finish: ((workflow: string) => void) | undefined;
	const server = createServer((request, response) => {
		if (request.url === '/feed') {
			setReadAt('rss');
			response.end(feed);
			return;
		}
		const [, workflow = '', items] = request.url!.split('/');
		if (items === '1') finish?.(workflow);
		response.end('{}');
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const createPost = (workflow: string) => ({
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		executeOnce: true,
		parameters: {
			method: 'POST',
			url: `=${origin}/${workflow}/{{ $input.all().length }}`,
			options: {},
		},
	});
	const workflows = [
		createWorkflow('package', [
			{
				type: `${PACKAGE}.kaleyraFlowsTrigger`,
				parameters: { pollTimes: POLL_TIMES, events: ['statusChanged'] },
				credentials: { kaleyraApi: CREDENTIAL },
			},
			createPost('package'),
		]),
		createWorkflow('rss', [
			{
				type: 'n8n-nodes-base.rssFeedReadTrigger',
				parameters: { pollTimes: POLL_TIMES, feedUrl: `${origin}/feed` },
			},
			createPost('rss'),
		]),
	];
	const changeOne = () => {
		feed = createFeed(++changes);
		const always = ({ target }: { target: string }) =>
			void (target.includes(`${sid}/whatsapp/${wabaId}/flows`) && setReadAt('package'));
		mockApi.reset({ pageSize: 100, always });
		const flows = getFlowIds(ENTRIES).map((id) => flow(id));
		for (const each of flows.slice(0, changes)) each.status = 'PUBLISHED';
		mockApi.account.wabas.set(wabaId, flows);
		readAt.clear();
	};
	changeOne();
	const imported = { ...CREDENTIAL, type: 'kaleyraApi', data: mockApi.credential };
	try {
		await withN8n({ credentials: [imported], workflows }, async () => {
			const durations = new Map(workflows.map(({ id }) => [id, [] as number[]]));
			// The first poll of each workflow is what the next one compares with.
			while (readAt.size < workflows.length) await sleep(100);
			await sleep(FIRST_POLL_MS);
			for (let round = 0; round <= ROUNDS; round++) {
				const finished = new Map<string, number>();
				changeOne();
				await new Promise<void>((resolve) => {
					finish = (workflow) => {
						if (!readAt.has(workflow) || finished.has(workflow)) return;
						finished.set(workflow, performance.now());
						if (finished.size === workflows.length) resolve();
					};
				});
				// The first round isn't counted.
				for (const [id, list] of durations)
					if (round > 0) list.push(finished.get(id)! - readAt.get(id)!);
			}
			const rss = durations.get('rss')!;
			const figures = [...durations].map(([id, list]) => [
				id,
				{
					milliseconds: getSpread(list),
					'relative to RSS Feed Trigger': getSpread(list.map((each, i) => each / rss[i]!)),
				},
			]);
			save(`Poll of ${ENTRIES} entries that finds a change`, Object.fromEntries(figures));
		});
	} finally {
		server.close();
		await mockApi.stop();
	}
});
