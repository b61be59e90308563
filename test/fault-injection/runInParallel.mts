/** Runs jobs in parallel, one at a time per resource. @returns the results in the order of the jobs */
export async function runInParallel<TJob, TResource, TResult>(
	jobs: TJob[],
	resources: TResource[],
	run: (job: TJob, resource: TResource) => Promise<TResult>,
): Promise<TResult[]> {
	const results: TResult[] = [];
	const queue = jobs.entries();
	const work = async (resource: TResource) => {
		for (const [index, job] of queue) results[index] = await run(job, resource);
	};
	await Promise.all(resources.map(work));
	return results;
}
