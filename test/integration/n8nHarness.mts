import 'reflect-metadata';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
	Credentials,
	CredentialTestContext,
	ExecutionLifecycleHooks,
	LoadOptionsContext,
	PackageDirectoryLoader,
	PollContext,
	WorkflowExecute,
} from 'n8n-core';
import {
	createRunExecutionData,
	Expression,
	ICredentialsHelper,
	NodeHelpers,
	Workflow,
} from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestOptions,
	ILoadOptionsFunctions,
	INode,
	INodeExecutionData,
	INodeListSearchResult,
	INodeType,
	INodeTypes,
	IPollFunctions,
	INodeParameters,
	IRun,
	IVersionedNodeType,
	IWorkflowBase,
	IWorkflowExecuteAdditionalData,
	NodeApiError,
	WorkflowExecuteMode,
} from 'n8n-workflow';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The package whose node a harness runs. */
export interface PackageUnderTest {
	/** The package's folder, which contains `dist/`. */
	folder: string;
	packageName: string;
	node: string;
	credential: string;
	credentialTest: string;
}

export const KALEYRA: PackageUnderTest = {
	folder: ROOT,
	packageName: 'n8n-nodes-kaleyra-flows',
	node: 'kaleyraFlows',
	credential: 'kaleyraApi',
	credentialTest: 'kaleyraApiTest',
};

export const EIGHT_BY_EIGHT: PackageUnderTest = {
	folder: join(ROOT, 'packages/n8n-nodes-8x8-flows'),
	packageName: 'n8n-nodes-8x8-flows',
	node: 'eightByEightFlows',
	credential: 'eightByEightChatAppsApi',
	credentialTest: 'eightByEightChatAppsApiTest',
};

/** Passes its items on; placed before and after the node under test. */
const noOp = {
	description: {
		displayName: 'No Operation',
		name: 'noOp',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: { name: 'No Operation' },
		inputs: ['main'],
		outputs: ['main'],
		properties: [],
	},
	async execute(this: { getInputData(): INodeExecutionData[] }) {
		return await Promise.resolve([this.getInputData()]);
	},
} as unknown as INodeType;

export interface RunOptions {
	items?: IDataObject[];
	/** Files of each item, by binary field. */
	files?: Record<string, Buffer>[];
	/** The node setting On Error. */
	onError?: INode['onError'];
	/** Cancels the execution when it resolves. */
	cancelOn?: Promise<unknown>;
	/** Overrides of the node under test. */
	node?: Partial<INode>;
	/** Overrides of the node before it, which outputs `items`. */
	start?: Partial<INode>;
	/** The type of another trigger before the node, which hasn't started the execution. */
	idleTrigger?: string;
	mode?: WorkflowExecuteMode;
}

export interface TestPoller {
	/** The trigger's static data. */
	staticData: IDataObject;
	/** The warnings that it logged, in all polls. */
	warnings: string[];
	/**
	 * Polls once.
	 *
	 * @param budgetMs how long n8n lets the poll take; null for an n8n that doesn't say (before 2.38)
	 * @returns the JSON of the items, or null
	 */
	poll: (mode?: 'trigger' | 'manual', budgetMs?: number | null) => Promise<IDataObject[] | null>;
}

export interface Result {
	/** Items of the first output. */
	main: INodeExecutionData[];
	/** Items of the error output. */
	errors: INodeExecutionData[];
	error: NodeApiError | undefined;
	status: IRun['status'];
	hints: string[];
	/** What the node sent to the caller of the webhook that started the execution. */
	responses: unknown[];
	run: IRun;
}

/**
 * Runs a built package in n8n-core, in this process, with n8n's own package loader, HTTP helper and
 * production expression engine. Only what belongs to the `n8n` package itself, such as the credential
 * store, is replaced.
 */
export class N8nTestHarness implements INodeTypes {
	/** The decrypted credential that the node receives. */
	credential: ICredentialDataDecryptedObject = {};
	readonly loader: PackageDirectoryLoader;
	/** Nodes of other packages by node type. */
	readonly others = new Map<string, INodeType | IVersionedNodeType>([['noOp', noOp]]);

	private readonly subject: PackageUnderTest;

	private constructor(subject: PackageUnderTest) {
		this.subject = subject;
		this.loader = new PackageDirectoryLoader(subject.folder);
	}

	/** Loads the package from its `dist/`. */
	static async load(subject = KALEYRA): Promise<N8nTestHarness> {
		await Expression.initExpressionEngine({
			engine: 'vm',
			poolSize: 1,
			maxCodeCacheSize: 1024,
			bridgeTimeout: 5000,
			bridgeMemoryLimit: 128,
			// n8n evaluates the expressions of each execution in a new isolate, which takes 100 ms of CPU time. Here all
			// executions share one.
			lazyAcquire: true,
			sharedCaller: true,
		});
		const harness = new N8nTestHarness(subject);
		await harness.loader.loadAll();
		return harness;
	}

	/** The same harness with another credential, for concurrent executions. */
	as(credential: ICredentialDataDecryptedObject): N8nTestHarness {
		return Object.assign(Object.create(N8nTestHarness.prototype), this, { credential });
	}

	/** Executes Start -> Node -> After, with Failed on the node's error output, and checks a thrown error. */
	async run(parameters: IDataObject, options: RunOptions = {}): Promise<Result> {
		const { items = [{}], files = [], onError, cancelOn, mode = 'manual' } = options;
		const node = this.node(parameters, { ...(onError && { onError }), ...options.node });
		const workflow = this.workflow(node, options);
		const hooks = new ExecutionLifecycleHooks(mode, '1', WORKFLOW);
		const responses: unknown[] = [];
		hooks.addHandler('sendResponse', (response) => void responses.push(response));
		const finished = Promise.withResolvers<IRun>();
		hooks.addHandler('workflowExecuteAfter', (run) => finished.resolve(run));
		const start = workflow.getNode('Start')!;
		const toInputItem = (json: IDataObject, index: number) => {
			const binary = Object.entries(files[index] ?? {}).map(([field, content]) => {
				const data = content.toString('base64');
				const mimeType = 'application/octet-stream';
				return [field, { data, mimeType, fileName: 'file.bin' }];
			});
			return { json, ...(binary.length > 0 && { binary: Object.fromEntries(binary) }) };
		};
		const data = createRunExecutionData({
			executionData: {
				nodeExecutionStack: [
					{ node: start, data: { main: [items.map(toInputItem)] }, source: null },
				],
			},
		});
		const execution = new WorkflowExecute(this.additionalData(hooks), mode, data);
		const promise = execution.processRunExecutionData(workflow);
		void cancelOn?.then(() => promise.cancel());
		await promise.catch(() => undefined);
		const run = await finished.promise;
		const { resultData } = run.data;
		const task = resultData.runData['Node']?.[0];
		const error = (resultData.error ?? task?.error) as NodeApiError | undefined;
		if (run.status !== 'canceled' && !this.others.has(node.type)) assertHasFix(error);
		return {
			main: task?.data?.['main']?.[0] ?? [],
			errors: task?.data?.['main']?.[1] ?? [],
			error,
			status: run.status,
			hints: (task?.hints ?? []).map(({ message }) => message),
			responses,
			run,
		};
	}

	/** Puts a polling trigger into an active workflow. */
	poller(
		name: string,
		parameters: IDataObject,
		staticData: IDataObject = {},
		id = 'node',
	): TestPoller {
		const type = `${this.subject.packageName}.${name}`;
		const node = this.node(parameters, { type, id });
		const trigger = this.loader.getNode(name).type as INodeType;
		const nodeTypes = Object.assign(Object.create(this), { getByName: () => trigger });
		const nodes = [node];
		const workflow = new Workflow({ id: '1', nodes, connections: {}, active: true, nodeTypes });
		const warnings: string[] = [];
		const logger = { warn: (message: string) => warnings.push(message) };
		return {
			staticData,
			warnings,
			poll: async (mode = 'trigger', budgetMs = 300_000) => {
				const context: object = new PollContext(
					workflow,
					node,
					this.additionalData(),
					mode,
					mode === 'manual' ? 'manual' : 'activate',
				);
				Object.defineProperty(context, 'logger', { value: logger });
				// Before n8n 2.39, they come from somewhere else, or not at all.
				Object.assign(context, {
					getWorkflowStaticData: (kind: string) => (kind === 'node' ? staticData : {}),
					getPollBudgetMs: budgetMs === null ? undefined : () => budgetMs,
				});
				const items = await workflow.expression.withIsolate(
					async () => await trigger.poll!.call(context as IPollFunctions),
				);
				return items && items[0]!.map(({ json }) => json);
			},
		};
	}

	/** Loads the options of From List, as the editor does. */
	async searchFlows(
		filter?: string,
		token?: string,
		parameters: IDataObject = {},
	): Promise<INodeListSearchResult> {
		const node = this.node({ resource: 'flow', operation: 'get', ...parameters });
		const { workflow, context } = this.loadOptionsContext(node, this, 'parameters.flowId');
		const { searchFlows } = this.tested.methods!.listSearch!;
		return await workflow.expression.withIsolate(
			async () => await searchFlows!.call(context, filter, token),
		);
	}

	/** Loads the options of a dropdown, as the editor does. */
	async loadOptions(name: string, method: string, parameters: IDataObject = {}) {
		const type = this.loader.getNode(name).type as INodeType;
		const node = this.node(parameters, { type: `${this.subject.packageName}.${name}` });
		const nodeTypes = Object.assign(Object.create(this), { getByName: () => type });
		const { workflow, context } = this.loadOptionsContext(node, nodeTypes);
		const load = type.methods!.loadOptions![method]!;
		return await workflow.expression.withIsolate(async () => await load.call(context));
	}

	/** A context that sends requests with the credential, without a workflow being executed. */
	createContext(): ILoadOptionsFunctions {
		return this.loadOptionsContext(this.node({}), this).context;
	}

	private loadOptionsContext(node: INode, nodeTypes: INodeTypes, path = '') {
		const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
		const data = this.additionalData(undefined, node.parameters);
		const context: unknown = new LoadOptionsContext(workflow, node, data, path);
		return { workflow, context: context as ILoadOptionsFunctions };
	}

	/** Tests the credential, as the credential dialog does. */
	async testCredential() {
		const { credential: type, credentialTest } = this.subject;
		const test = this.tested.methods!.credentialTest![credentialTest]!;
		const context = new CredentialTestContext(this.additionalData());
		const data = this.credential;
		return await test.call(context, { id: '1', name: 'Mock API', type, data });
	}

	/** The node under test. */
	get tested(): INodeType {
		return this.loader.getNode(this.subject.node).type as INodeType;
	}

	getByName(type: string): INodeType | IVersionedNodeType {
		return this.others.get(type) ?? this.tested;
	}

	getByNameAndVersion(type: string, version?: number) {
		return NodeHelpers.getVersionedNodeType(this.getByName(type), version);
	}

	getKnownTypes() {
		return this.loader.known.nodes as unknown as IDataObject;
	}

	node(parameters: IDataObject, extra: Partial<INode> = {}): INode {
		const { packageName, node, credential } = this.subject;
		return {
			id: 'node',
			name: 'Node',
			type: `${packageName}.${node}`,
			typeVersion: 1,
			position: [0, 0],
			parameters: parameters as INodeParameters,
			credentials: { [credential]: { id: '1', name: 'Mock API' } },
			...extra,
		};
	}

	private workflow(node: INode, { start, idleTrigger }: RunOptions): Workflow {
		const createNoOp = (name: string): INode => ({
			id: name,
			name,
			type: 'noOp',
			typeVersion: 1,
			position: [0, 0],
			parameters: {},
		});
		const to = (name: string) => ({ node: name, type: 'main' as const, index: 0 });
		return new Workflow({
			id: WORKFLOW.id,
			nodes: [
				...(idleTrigger ? [{ ...createNoOp('Idle Trigger'), type: idleTrigger }] : []),
				{ ...createNoOp('Start'), ...start },
				node,
				createNoOp('After'),
				createNoOp('Failed'),
			],
			connections: {
				Start: { main: [[to('Node')]] },
				...(idleTrigger && { 'Idle Trigger': { main: [[to('Node')]] } }),
				Node: { main: [[to('After')], [to('Failed')]] },
			},
			active: false,
			nodeTypes: this,
			settings: { executionOrder: 'v1' },
		});
	}

	additionalData(hooks?: ExecutionLifecycleHooks, currentNodeParameters?: INodeParameters) {
		return {
			credentialsHelper: new CredentialStore(this),
			hooks,
			currentNodeParameters,
			executionId: '1',
			variables: {},
			restApiUrl: '',
			instanceBaseUrl: '',
			webhookBaseUrl: 'http://n8n.test/webhook',
			webhookTestBaseUrl: 'http://n8n.test/webhook-test',
			webhookWaitingBaseUrl: 'http://n8n.test/webhook-waiting',
			formWaitingBaseUrl: 'http://n8n.test/form-waiting',
			currentNodeExecutionIndex: 0,
			logAiEvent() {},
			setExecutionStatus() {},
			sendDataToUI() {},
		} as unknown as IWorkflowExecuteAdditionalData;
	}
}

const WORKFLOW = {
	id: 'workflow',
	name: 'Test',
	active: false,
	nodes: [],
	connections: {},
} as unknown as IWorkflowBase;

/** Replaces n8n's credential store; contains the harness's credential only. */
class CredentialStore extends ICredentialsHelper {
	private readonly harness: N8nTestHarness;

	constructor(harness: N8nTestHarness) {
		super();
		this.harness = harness;
	}

	override async authenticate(
		credential: ICredentialDataDecryptedObject,
		type: string,
		options: IHttpRequestOptions,
	) {
		const { authenticate } = this.harness.loader.getCredential(type).type;
		if (typeof authenticate !== 'function') throw new Error('The credential has no authenticate()');
		return await authenticate(credential, options);
	}

	override async getDecrypted() {
		return await Promise.resolve({ ...this.harness.credential });
	}

	override async getCredentials() {
		return await Promise.resolve(new Credentials({ id: null, name: '' }, '', ''));
	}

	override getParentTypes() {
		return [];
	}

	override async preAuthentication() {
		return await Promise.resolve(undefined);
	}

	override async runPreAuthentication() {
		return await Promise.resolve(undefined);
	}

	override isCredentialUsableByNode() {
		return true;
	}

	override getCredentialsProperties() {
		return [];
	}

	override async updateCredentials() {}

	override async updateCredentialsOauthTokenData() {}
}

/** An error that a node throws must say how to fix it. */
function assertHasFix(error: NodeApiError | undefined): void {
	if (!error || error.description) return;
	const isThrownByNode = error.name === 'NodeApiError' || error.name === 'NodeOperationError';
	if (isThrownByNode) throw new Error(`An error without a description: ${error.message}`);
}
