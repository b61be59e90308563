import { expect, test } from 'vitest';
import { get, getMany, publish, sandbox, setUp, update } from './setup.mts';

setUp();

test('Get Many sends the fields with doubly encoded commas, as the page shows', async () => {
	const { main } = await getMany({ fields: ['id', 'name'] });
	console.log(sandbox.requests.map((r) => r.head + '\n' + r.body).join('\n\n'));
	expect(main.map(({ json }) => json)[0]).toEqual({
		id: '900000000000001',
		name: 'Book an appointment',
	});
	expect(sandbox.requests[0]!.target).toBe(
		'/v2/HXAP0000000000IN/whatsapp/102290129340398/flows?fields=id%252Cname',
	);
});
test('x', async () => {
	let r = await get('900000000000001');
	console.log(JSON.stringify(r.main), r.error);
	r = await publish('900000000000001');
	console.log(JSON.stringify(r.main), r.error);
	r = await publish('900000000000003');
	console.log(JSON.stringify(r.main), r.error?.message, r.error?.description);
	r = await update('900000000000001', { name: 'new', categories: ['OTHER'] });
	console.log(JSON.stringify(r.main), r.error);
	console.log(sandbox.requests.map((r) => r.head + '\n' + r.body).join('\n\n'));
});
