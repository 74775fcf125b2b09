using EightD.CheckTool;

return await CheckVerb.RunAsync(args, Console.Out, Console.Error);
