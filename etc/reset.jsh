var sandbox = Sandbox.start()
var restage = Restage.builder().variables(sandbox.variables()).build()
var preview = restage.preview(Acme.reset(sandbox))
System.out.println(preview)
System.out.println(RunSummary.of(restage.run(preview)))
restage.close()
sandbox.close()
/exit
