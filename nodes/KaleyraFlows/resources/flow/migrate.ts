import type { INodeProperties } from 'n8n-workflow';
import type { Flow } from '../../../kaleyra/flow';
import { parseId, WABA_ID_HELP } from '../../../kaleyra/ids';
import type { KaleyraLifecycleClient } from '../../../kaleyra/KaleyraLifecycleClient';
import { optionsParameter } from '../../../kaleyra/parameters/options';
import { parseWabaIdForWrite, wabaIdParameter } from '../../../kaleyra/parameters/wabaId';
import { InvalidInputError } from '../../../shared/errors';
import type { GetParameter } from '../../../shared/node/parameters';
import { parseBoolean, splitList } from '../../../shared/node/parameters';
import type { FlowOperation } from '../operation';

/** Source: Meta. */
const MAX_FLOWS = 100;

const EXAMPLE = '["Book an appointment"]';

const migrateNotice: INodeProperties = {
	displayName:
		"Migrating copies flows to another WABA of the same Meta business. A published flow is published there too, and then can't be deleted. The field that names the chosen flows is inferred from Meta's API: if Kaleyra ignores it, all flows are migrated.",
	name: 'migrateNotice',
	type: 'notice',
	default: '',
};

const destinationParameter: INodeProperties = {
	displayName: 'Destination WABA ID',
	name: 'destinationWabaId',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. 102290129340399',
	description: 'The WhatsApp Business Account to copy the flows to, digits only',
};

const allFlowsParameter: INodeProperties = {
	displayName: 'All Flows',
	name: 'allFlows',
	type: 'boolean',
	default: false,
	description: 'Whether to migrate all flows of the source',
};

const flowNamesParameter: INodeProperties = {
	displayName: 'Flow Names or IDs',
	name: 'flowNames',
	type: 'multiOptions',
	typeOptions: { loadOptionsMethod: 'listFlows', loadOptionsDependsOn: ['wabaId'] },
	default: [],
	required: true,
	displayOptions: { show: { allFlows: [false] } },
	description:
		'Flows to migrate, at most 100. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};

/** Migrate Flow: POST /v2/<sid>/whatsapp/<source>/migrate_flows/<destination>. One item per flow. */
export const migrate: FlowOperation = {
	name: 'Migrate',
	value: 'migrate',
	action: 'Migrate flows to another WABA (published flows are published there)',
	description: 'Copy flows to another WABA of the same Meta business',
	writes: true,
	parameters: [
		migrateNotice,
		{
			...wabaIdParameter,
			displayName: 'Source WABA ID',
			description: 'The WhatsApp Business Account to copy the flows from',
		},
		destinationParameter,
		allFlowsParameter,
		flowNamesParameter,
		optionsParameter({ writes: true }),
	],
	async execute({ client, getParameter, isExpression, addHint, isTool }) {
		const source = parseWabaIdForWrite({ client, getParameter, isExpression });
		const destination = parseId(
			getParameter('destinationWabaId', ''),
			"'Destination WABA ID'",
			WABA_ID_HELP,
		);
		if (source === destination) {
			throw new InvalidInputError(
				"'Source WABA ID' and 'Destination WABA ID' are the same",
				'Enter the ID of another WABA as the destination.',
			);
		}
		const all = parseBoolean(getParameter('allFlows', false), 'All Flows');
		const wanted = all ? undefined : parseFlowNames(getParameter);
		const flows = await readFlows(client, source, wanted);
		if (flows.length === 0) {
			const message = `WABA ${source} has no flows to migrate.`;
			addHint(message);
			return isTool ? [{ flows_found: 0, message }] : [];
		}
		return await client.migrateFlows(source, destination, { flows, chosen: !all });
	},
};

/**
 * Parses names and IDs: an array, a JSON array as text, or text. A name can contain a comma, so text is split
 * later, if no flow has it as its name.
 *
 * @throws {InvalidInputError} if it's empty, or not a list of names or IDs
 */
function parseFlowNames(getParameter: GetParameter): string[] {
	const value = getParameter('flowNames', []);
	const isJson = typeof value === 'string' && value.trim().startsWith('[');
	const list = isJson ? splitList(value, 'Flow Names or IDs', EXAMPLE) : [value].flat();
	const names = list.map((entry) => {
		if (typeof entry === 'string' || typeof entry === 'number') return String(entry).trim();
		throw new InvalidInputError(
			`'Flow Names or IDs' must contain only names and IDs: ${JSON.stringify(entry)}`,
			`Pass an array of names or IDs, such as ${EXAMPLE}.`,
		);
	});
	const unique = [...new Set(names.filter((name) => name !== ''))];
	if (unique.length === 0) {
		throw new InvalidInputError(
			"'Flow Names or IDs' is empty",
			"Choose at least one flow. To migrate all flows of the source, turn on 'All Flows'.",
		);
	}
	if (unique.length <= MAX_FLOWS) return unique;
	throw new InvalidInputError(
		`'Flow Names or IDs' has ${unique.length} flows`,
		`Meta migrates at most ${MAX_FLOWS} chosen flows at a time. Split them, or turn on 'All Flows'.`,
	);
}

/**
 * @param wanted undefined for all flows
 * @throws {InvalidInputError} if the source lacks a wanted flow, or it has no name
 */
async function readFlows(
	client: KaleyraLifecycleClient,
	source: string,
	wanted: string[] | undefined,
): Promise<Flow[]> {
	const { rows } = await client.getFlows(source, [], { limit: Infinity, filter: () => true });
	if (!wanted) return rows;
	const find = (text: string) => rows.find(({ name, id }) => name === text || id === text);
	const [first = ''] = wanted;
	const isList = wanted.length === 1 && !find(first);
	const names = isList ? first.split(',').map((name) => name.trim()) : wanted;
	const flows = names.map((nameOrId) => {
		const flow = find(nameOrId);
		if (flow && typeof flow.name === 'string') return flow;
		throw new InvalidInputError(
			flow
				? `Flow ${flow.id} has no name, so it can't be chosen`
				: `WABA ${source} has no flow "${nameOrId}"`,
			'No flow was migrated. Choose flows of the source WABA, by exact name or by ID.',
		);
	});
	return [...new Set(flows)];
}
